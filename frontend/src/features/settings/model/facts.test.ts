// Facts as before and after.

import { expect, test } from "vitest";
import { factRows } from "./facts";

test("a change stands as before and after", () => {
  expect(factRows({ from: "viewer", to: "member" })).toEqual([
    { name: "", before: "viewer", after: "member" },
  ]);
});

test("a change of a named thing keeps its name", () => {
  expect(factRows({ limit: { from: 1, to: null }, name: "x" })).toEqual([
    { name: "limit", before: "1", after: "–" },
    { name: "name", before: "", after: "x" },
  ]);
});

test("what is no change is shown as it is", () => {
  expect(factRows({ scopes: ["a"], range: { from: 1, to: 2, step: 3 } })).toEqual([
    { name: "scopes", before: "", after: '["a"]' },
    { name: "range", before: "", after: '{"from":1,"to":2,"step":3}' },
  ]);
});
