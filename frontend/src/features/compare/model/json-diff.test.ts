// Two values as lines beside each other: what is matched, what stands alone, what is folded away.

import { expect, test } from "vitest";
import type { JsonValue } from "@/api/types";
import { diffRows, folded } from "./json-diff";

const shown = (left: JsonValue | undefined, right: JsonValue | undefined) =>
  diffRows(left, right)
    .filter(({ isSame }) => !isSame)
    .map((row) => [row.left?.text ?? null, row.right?.text ?? null]);

test("keys are matched whatever their order, and another value stands beside the first", () => {
  expect(shown({ a: 1, b: "x" }, { b: "y", a: 1 })).toEqual([['b: "x"', 'b: "y"']]);
});

test("what only one side has stands alone", () => {
  expect(shown([{ id: 1 }], [{ id: 1 }, { id: 2 }])).toEqual([
    [null, "1: {"],
    [null, "id: 2"],
    [null, "}"],
  ]);
  expect(shown({ gone: null }, {})).toEqual([["gone: null", null]]);
  expect(shown(undefined, 7)).toEqual([[null, "7"]]);
});

test("a list is not an object, even where both are empty", () => {
  expect(shown({ a: [] }, { a: {} })).toEqual([
    ["a: [", "a: {"],
    ["]", "}"],
  ]);
});

test("equal lines far from a difference are counted instead of shown", () => {
  const wide = (last: number) =>
    Object.fromEntries(Array.from({ length: 8 }, (_, key) => [`k${key}`, key === 7 ? last : key]));

  const rows = folded(diffRows(wide(1), wide(2)), 1);

  expect(rows.map((row) => ("folded" in row ? row.folded : row.left?.text))).toEqual([
    7,
    "k6: 6",
    "k7: 1",
    "}",
  ]);
});
