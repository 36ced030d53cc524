// Schedules: reading, next times over changes of the clock, words.

import { expect, test } from "vitest";
import { type Cron, describeCron, isCron, nextTimes, parseCron } from "./cron";

function cron(source: string): Cron {
  const found = parseCron(source);
  if (!isCron(found)) throw new Error(`${source} is wrong at ${found.field}`);
  return found;
}

const next = (source: string, from: string, timezone = "UTC", count = 3): readonly string[] =>
  nextTimes(cron(source), timezone, new Date(from), count).map((time) => time.toISOString());

test("weekdays at nine", () => {
  expect(next("0 9 * * 1-5", "2026-11-20T09:00:00Z")).toEqual([
    "2026-11-23T09:00:00.000Z",
    "2026-11-24T09:00:00.000Z",
    "2026-11-25T09:00:00.000Z",
  ]);
});

test("steps, lists, names and sunday as 7", () => {
  expect(next("*/20 8,10 * jan sun", "2026-12-31T00:00:00Z", "UTC", 4)).toEqual([
    "2027-01-03T08:00:00.000Z",
    "2027-01-03T08:20:00.000Z",
    "2027-01-03T08:40:00.000Z",
    "2027-01-03T10:00:00.000Z",
  ]);
  expect(cron("0 0 * * 7").weekday).toEqual(new Set([0]));
});

test("a restricted day and a restricted weekday are alternatives", () => {
  expect(next("0 0 13 * 5", "2026-11-01T00:00:00Z", "UTC", 3)).toEqual([
    "2026-11-06T00:00:00.000Z",
    "2026-11-13T00:00:00.000Z",
    "2026-11-20T00:00:00.000Z",
  ]);
});

test("times follow the zone over the change to winter time and leave out the summer gap", () => {
  expect(next("30 9 * * *", "2026-10-24T12:00:00Z", "Europe/Berlin", 2)).toEqual([
    "2026-10-25T08:30:00.000Z",
    "2026-10-26T08:30:00.000Z",
  ]);
  expect(next("30 2 * * *", "2026-03-28T12:00:00Z", "Europe/Berlin", 1)).toEqual([
    "2026-03-30T00:30:00.000Z",
  ]);
});

test("a date that never comes has no next time", () => {
  expect(next("0 0 31 2 *", "2026-01-01T00:00:00Z")).toEqual([]);
});

test.each([
  ["61 * * * *", "minute"],
  ["* 25 * * *", "hour"],
  ["* * 0 * *", "day"],
  ["* * * xyz *", "month"],
  ["* * * * 5-1", "weekday"],
  ["*/0 * * * *", "minute"],
  ["* * * *", null],
])("%s is refused at its %s", (source, field) => {
  expect(parseCron(source)).toEqual({ field });
});

test("common schedules have words", () => {
  expect(describeCron(cron("*/15 * * * *"))).toEqual({ kind: "minutes", every: 15 });
  expect(describeCron(cron("@hourly"))).toEqual({ kind: "hourly", minute: 0 });
  expect(describeCron(cron("5 7 * * *"))).toEqual({ kind: "daily", time: "07:05" });
  expect(describeCron(cron("0 9 * * 1-5"))).toEqual({
    kind: "weekly",
    time: "09:00",
    weekdays: [1, 2, 3, 4, 5],
  });
  expect(describeCron(cron("0 6 1,15 * *"))).toEqual({
    kind: "monthly",
    time: "06:00",
    days: [1, 15],
  });
  expect(describeCron(cron("0 6 1 1 *"))).toEqual({ kind: "other" });
});
