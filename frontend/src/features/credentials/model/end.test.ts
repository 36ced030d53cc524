import { describe, expect, test } from "vitest";
import { endOf } from "./end";

const NOON = new Date(2026, 2, 10, 12).getTime();

describe("the end of a credential", () => {
  test.each([
    ["2026-03-09", "past"],
    ["2026-03-10", "soon"],
    ["2026-03-17", "soon"],
    ["2026-03-19", "later"],
    [null, null],
    ["nonsense", null],
  ] as const)("of %s is %s", (day, end) => {
    expect(endOf(day, NOON)).toBe(end);
  });
});
