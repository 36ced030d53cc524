// Log lines say what happened with the numbers that matter.

import { expect, test } from "vitest";
import type { RunEvent } from "@/api/types";
import { joinLogs } from "./join-logs";
import { logLine } from "./log-line";
import byHand from "./logs/by-hand.json";

const events = byHand.events as unknown as readonly RunEvent[];
const line = (seq: number) => {
  const event = events.find((candidate) => candidate.seq === seq);
  return event ? logLine(event) : null;
};

test("a line names items, attempts, errors and durations", () => {
  expect(line(3)).toMatchObject({ title: "Completed", detail: "12 items · 4 ms" });
  expect(line(4)?.detail).toBe("true: 5 items, false: 7 items · 2 ms");
  expect(line(7)).toMatchObject({ isError: true, title: "Failed" });
  expect(line(7)?.detail).toContain("HTTP 503");
  expect(line(12)?.detail).toBe("attempt 2 · 5 items · 200 ms");
});

const LATE: RunEvent = {
  seq: 99,
  type: "workflow.step.skipped",
  at_ms: 0,
  node: "merge",
  run: "0~1.1",
  data: { is_late: true, inputs: [{ port: "main", items: 2 }] },
};

test("items that came too late for a join are told as that", () => {
  expect(logLine(LATE)?.detail).toBe("2 items · came too late, it has run without them");
});

test("every event of the recorded log has a line", () => {
  expect(events.map(logLine).filter((found) => found === null)).toEqual([]);
});

test("loaded and live events are joined without repeats", () => {
  expect(joinLogs(events.slice(0, 5), events.slice(3, 8))).toEqual(events.slice(0, 8));
});
