// Data as trees, rows and tables; references into it.

import { expect, test } from "vitest";
import type { DataNode } from "./data-tree";
import { filterTree, sampleOf, treeOf, treeOfSchema } from "./data-tree";
import { durationOf, secondsOf } from "./duration";
import { withMoved } from "./json";
import { isInsideBraces, itemReference, mentions } from "./reference";
import { cellText, columnsOf } from "./table";
import { jsonRows, matchingRows, treeRows } from "./visible-rows";

const ITEMS = [
  { json: { id: 1, at: "2026-11-20T09:00:00Z", lines: [{ sku: "A" }, { sku: "B", tag: null }] } },
  { json: { id: 2, extra: { deep: true } } },
];

const shape = (nodes: readonly DataNode[]): readonly unknown[] =>
  nodes.map(({ key, type, children }) =>
    children.length > 0 ? [key, type, shape(children)] : [key, type],
  );

test("the tree has the keys of all items and the samples of the one looked at", () => {
  expect(shape(treeOf(ITEMS, 0))).toEqual([
    ["id", "number"],
    ["at", "date"],
    [
      "lines",
      "list",
      [
        [
          "[0]",
          "object",
          [
            ["sku", "text"],
            ["tag", "null"],
          ],
        ],
      ],
    ],
    ["extra", "object", [["deep", "boolean"]]],
  ]);
  expect(treeOf(ITEMS, 1)[0]?.value).toBe(2);
  expect(treeOf(ITEMS, 1)[2]?.children[0]?.path).toEqual(["lines", 0]);
});

test("a schema gives a tree without values", () => {
  const tree = treeOfSchema({
    $defs: { Line: { type: "object", properties: { sku: { type: "string" } } } },
    properties: {
      id: { type: "integer" },
      lines: { type: "array", items: { $ref: "#/$defs/Line" } },
    },
  });

  expect(shape(tree)).toEqual([
    ["id", "number"],
    ["lines", "list", [["[0]", "object", [["sku", "text"]]]]],
  ]);
  expect(tree[0]?.value).toBeUndefined();
});

test("a search keeps the way down to what it finds", () => {
  expect(shape(filterTree(treeOf(ITEMS, 0), "SKU"))).toEqual([
    ["lines", "list", [["[0]", "object", [["sku", "text"]]]]],
  ]);
});

test("samples are short", () => {
  expect(sampleOf([1, 2])).toBe("[2]");
  expect(sampleOf({ a: 1 })).toBe("{1}");
  expect(sampleOf("x".repeat(300))).toHaveLength(201);
});

test("tree rows open to a depth and by hand", () => {
  const tree = treeOf(ITEMS, 0);

  expect(treeRows(tree, new Set(), 0)).toHaveLength(4);
  expect(treeRows(tree, new Set(["/lines"]), 0).map(({ id }) => id)).toContain("/lines/0");
  expect(treeRows(tree, new Set(["/lines"]), 1).map(({ id }) => id)).not.toContain("/lines/0");
});

test("json rows fold and unfold", () => {
  const value = { a: [1, 2], b: {} };

  expect(jsonRows(value, new Set()).map(({ kind }) => kind)).toEqual([
    "open",
    "open",
    "leaf",
    "leaf",
    "close",
    "leaf",
    "close",
  ]);
  expect(jsonRows(value, new Set(["/a"])).map(({ kind }) => kind)).toEqual([
    "open",
    "folded",
    "leaf",
    "close",
  ]);
  expect(matchingRows(jsonRows(value, new Set()), "2").map(({ id }) => id)).toEqual(["/a/1"]);
});

test("tables have a column per key and cells cut at 200 characters", () => {
  expect(columnsOf(ITEMS).map(({ key, isNumeric }) => [key, isNumeric])).toEqual([
    ["id", true],
    ["at", false],
    ["lines", false],
    ["extra", false],
  ]);
  expect(cellText({ a: "x".repeat(500) })).toHaveLength(201);
});

test("references name the node and quote odd keys", () => {
  expect(itemReference('Over "100"?', ["a", 0, "first name", "constructor"])).toBe(
    '$("Over \\"100\\"?").item.json.a[0]["first name"].constructor',
  );
  expect(isInsideBraces("a {{ b", 6)).toBe(true);
  expect(isInsideBraces("a {{ b }} c", 11)).toBe(false);
});

test("a mention is the whole reference, wherever it stands; a leaf may be worked on", () => {
  const text =
    "{{ $json.order.total }} {{ $json.order }} {{ $json.name.upper() }} {{ $json.nameless }}";

  expect(mentions(text, "$json.order", false)).toBe(true);
  expect(mentions(text, "$json.order.total", true)).toBe(true);
  expect(mentions(text, "$json.name", true)).toBe(true);
  expect(mentions(text, "$json.name", false)).toBe(false);
  expect(mentions(text, "$json.nam", true)).toBe(false);
});

test("durations take the largest whole unit", () => {
  expect(durationOf(7_200)).toEqual({ amount: 2, unit: "hours" });
  expect(durationOf(90)).toEqual({ amount: 90, unit: "seconds" });
  expect(durationOf(0)).toEqual({ amount: 0, unit: "seconds" });
  expect(secondsOf({ amount: 1.5, unit: "minutes" })).toBe(90);
});

test("rows move within their list and not beyond it", () => {
  expect(withMoved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(withMoved(["a"], 0, 1)).toEqual(["a"]);
});
