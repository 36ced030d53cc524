// What is suggested where, from real data and the reference of the language.

import { expect, test } from "vitest";
import { type KnownData, suggestionsFor } from "./completion";
import { treeOf } from "./data-tree";

const entry = (
  name: string,
  owner: string,
  kind: "variable" | "function" | "method" | "property" | "constant",
  signature = name,
) => ({ name, owner, kind, signature, help: "", example: "" });

const orders = treeOf(
  [{ json: { total: 3, customer: { "first name": "Ada" }, lines: [{ sku: "A" }] } }],
  0,
);

const KNOWN: KnownData = {
  current: orders,
  nodes: [{ name: "New order", tree: orders }],
  reference: [
    entry("$json", "", "variable"),
    entry("max", "Math", "function", "Math.max(...values)"),
    entry("PI", "Math", "constant"),
    entry("toUpperCase", "String", "method", "toUpperCase()"),
    entry("toFixed", "Number", "method", "toFixed(digits)"),
    entry("map", "Array", "method", "map(each)"),
    entry("toISO", "DateTime", "method", "toISO()"),
    entry("isExecuted", "Items", "property"),
  ],
};

const VARIABLE = {
  key: "SHOP_URL",
  path: ["$vars", "SHOP_URL"],
  type: "text",
  value: "x",
  children: [],
} as const;

test("variables are offered behind $vars, and are texts", () => {
  const known = { ...KNOWN, variables: [VARIABLE] };
  const offered = (before: string) => suggestionsFor(before, known)?.options.map((o) => o.label);

  expect(offered("{{ $vars.S")).toEqual(["SHOP_URL"]);
  expect(offered("{{ $vars.SHOP_URL.")).toEqual(["toUpperCase"]);
});

const labels = (before: string): readonly string[] | undefined =>
  suggestionsFor(before, KNOWN)?.options.map(({ label }) => label);

test("nothing is suggested outside of braces", () => {
  expect(suggestionsFor("total: ", KNOWN)).toBeNull();
  expect(suggestionsFor("{{ $json }} and ", KNOWN)).toBeNull();
});

test("names, nodes and namespaces start an expression", () => {
  expect(labels("{{ ")).toEqual(["$json", '$("New order")', "Math"]);
});

test("keys of real data follow a path, with what fits their type", () => {
  expect(labels("{{ $json.")).toEqual(["total", "customer", "lines"]);
  expect(labels("{{ $json.total.")).toEqual(["toFixed"]);
  expect(labels("{{ $json.lines.")).toEqual(["[0]", "map"]);
  expect(labels("{{ $json.lines[0].")).toEqual(["sku"]);
  expect(labels('{{ $("New order").item.json.customer.')).toEqual(["first name"]);
});

test("the replaced text starts at the word under the caret", () => {
  expect(suggestionsFor("{{ 1 + $json.to", KNOWN)?.from).toBe("{{ 1 + $json.".length);
  expect(suggestionsFor("{{ $js", KNOWN)?.from).toBe("{{ ".length);
});

test("an odd key is put in with brackets", () => {
  const option = suggestionsFor("{{ $json.customer.", KNOWN)?.options[0];

  expect(option).toMatchObject({ label: "first name", insert: '["first name"]' });
});

test("namespaces, moments, items and unknown values have their own members", () => {
  expect(labels("{{ Math.")).toEqual(["max", "PI"]);
  expect(labels("{{ $now.")).toEqual(["toISO"]);
  expect(labels('{{ $("New order").')).toEqual(["isExecuted"]);
  expect(labels('{{ $("New order").item.')).toEqual(["json", "binary"]);
  expect(labels("{{ something.")).toEqual(["toUpperCase", "toFixed", "map", "toISO"]);
});

test("a node's name is completed inside the quotes", () => {
  expect(labels('{{ $("New')).toEqual(["New order"]);
});
