// Figures compared with the time before.

import { expect, test } from "vitest";
import { linePoints, pointChange, relativeChange } from "./change";

test.each([
  [120, 100, "more", "up", "better"],
  [120, 100, "less", "up", "worse"],
  [80, 100, "less", "down", "better"],
  [80, 100, "none", "down", "neutral"],
  [100.2, 100, "less", "same", "neutral"],
] as const)("%d after %d, wished %s, is %s and %s", (now, before, wish, direction, verdict) => {
  expect(relativeChange(now, before, wish)).toMatchObject({ direction, verdict });
});

test("without anything before there is no change", () => {
  expect(relativeChange(3, 0, "more")).toBeNull();
  expect(pointChange(0.9, null, "more")).toBeNull();
});

test("shares are compared in points", () => {
  expect(pointChange(0.97, 0.99, "more")).toMatchObject({ verdict: "worse" });
});

test("a line leaves out what is not known and fills its box", () => {
  expect(linePoints([0, null, 10], 20, 10)).toBe("0.0,10.0 20.0,0.0");
  expect(linePoints([], 20, 10)).toBe("");
});
