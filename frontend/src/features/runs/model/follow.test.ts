// Which run the editor shows when several happen.

import { expect, test } from "vitest";
import { shouldFollow } from "./follow";
import { emptyRun } from "./run";

const ended = { ...emptyRun("0199-b"), status: "completed" } as const;

test("a run that goes on is not taken away for a newer one", () => {
  expect(shouldFollow(emptyRun("0199-b"), { id: "0199-c", status: "running" })).toBe(false);
});

test("after the end the next newer run is shown, an older or finished one is not", () => {
  expect(shouldFollow(ended, { id: "0199-c", status: null })).toBe(true);
  expect(shouldFollow(ended, { id: "0199-a", status: "running" })).toBe(false);
  expect(shouldFollow(ended, { id: "0199-c", status: "completed" })).toBe(false);
});

test("where nothing is shown any living run is welcome", () => {
  expect(shouldFollow(null, { id: "0199-a", status: "waiting" })).toBe(true);
});
