// Two runs of a step side by side: what differs, and the mark of a node that ran often.

import { expect, test } from "vitest";
import type { ComparedSide, ComparedStep } from "@/api/types";
import { aspectsOf, deltaMs, marksOf } from "./differences";

const side = (given: Partial<ComparedSide> = {}): ComparedSide => ({
  status: "completed",
  duration_ms: 100,
  outputs: { main: { items: 2, digest: "a" } },
  input_digest: "i",
  ...given,
});

const step = (given: Partial<ComparedStep> = {}): ComparedStep => ({
  node: "n",
  run: "0",
  name: "N",
  state: "changed",
  left: side(),
  right: side(),
  ...given,
});

test("other data, other counts and other statuses are told apart", () => {
  const data = side({ outputs: { main: { items: 2, digest: "b" } } });
  const count = side({ outputs: { main: { items: 3, digest: "b" } } });

  expect(aspectsOf(step())).toEqual([]);
  expect(aspectsOf(step({ right: data }))).toEqual(["data"]);
  expect(aspectsOf(step({ right: count }))).toEqual(["items"]);
  expect(aspectsOf(step({ right: side({ status: "failed", outputs: {} }) }))).toEqual([
    "status",
    "items",
  ]);
  expect(aspectsOf(step({ right: null }))).toEqual([]);
  expect(aspectsOf(step({ left: side({ status: "cached" }) }))).toEqual([]);
});

test("a time that is not known has no difference", () => {
  expect(deltaMs(step({ right: side({ duration_ms: 250 }) }))).toBe(150);
  expect(deltaMs(step({ right: side({ duration_ms: null }) }))).toBeNull();
});

test("a node is marked by the kind of the gravest of its differences", () => {
  const data = side({ outputs: { main: { items: 2, digest: "b" } } });
  const count = side({ outputs: { main: { items: 3, digest: "b" } } });
  const failed = side({ status: "failed", outputs: {} });

  const marks = marksOf(
    [
      step({ node: "often", run: "0", state: "same" }),
      step({ node: "often", run: "1", right: count }),
      step({ node: "often", run: "2", right: data }),
      step({ node: "put out", right: data }),
      step({ node: "ended", right: failed }),
      step({ node: "new", state: "only_right", left: null }),
    ],
    [{ id: "often" }, { id: "never" }],
  );

  expect(Object.fromEntries(marks)).toEqual({
    never: "idle",
    often: "items",
    "put out": "data",
    ended: "status",
    new: "only_right",
  });
});

test("where both failed in different ways, the end differs", () => {
  const failed = side({ status: "failed", outputs: {} });

  expect(marksOf([step({ left: failed, right: failed })], []).get("n")).toBe("status");
});
