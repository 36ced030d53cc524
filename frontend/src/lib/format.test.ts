import { describe, expect, it } from "vitest";
import { formatBytes, formatDate, formatDuration, formatRelative } from "./format";

describe("formatDuration", () => {
  it.each([
    [0, "0 ms"],
    [42.4, "42 ms"],
    [3_240, "3.2 s"],
    [80_000, "1 m 20 s"],
    [120_000, "2 m"],
    [7_500_000, "2 h 5 m"],
    [273_600_000, "3 d 4 h"],
  ])("%d ms is %s", (durationMs, text) => {
    expect(formatDuration(durationMs)).toBe(text);
  });
});

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_500, "1.5 kB"],
    [184_300, "184 kB"],
    [2_000_000, "2 MB"],
  ])("%d bytes are %s", (sizeBytes, text) => {
    expect(formatBytes(sizeBytes)).toBe(text);
  });
});

describe("formatDate", () => {
  const now = new Date(2026, 10, 21, 12).getTime();

  it.each([
    [new Date(2026, 10, 23), "Nov 23"],
    [new Date(2027, 8, 18), "Sep 18, 2027"],
  ])("%s is %s", (date, text) => {
    expect(formatDate(date, now)).toBe(text);
  });
});

describe("formatRelative", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");

  it.each([
    ["2026-11-21T11:59:30Z", "now"],
    ["2026-11-21T11:55:00Z", "5 min. ago"],
    ["2026-11-20T12:00:00Z", "yesterday"],
    ["2026-11-21T14:00:00Z", "in 2 hr."],
  ])("%s is %s", (iso, text) => {
    expect(formatRelative(iso, now)).toBe(text);
  });
});
