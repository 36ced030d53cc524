// What is suggested in code nodes, from real data and from what the sandbox gives.

import { expect, test } from "vitest";
import { type CodeLanguage, codeSuggestionsFor } from "./code-completion";
import { treeOf } from "./data-tree";

const DATA = treeOf(
  [{ json: { total: 3, "first name": "Ada", customer: { city: "Bern" }, lines: [{ sku: "A" }] } }],
  0,
);

const labels = (language: CodeLanguage, before: string) =>
  codeSuggestionsFor(language, before, DATA)?.options.map(({ label }) => label) ?? null;

test("a name may be one that the sandbox gives", () => {
  expect(labels("javascript", "for (const one of it")).toContain("items");
  expect(labels("python", "for one in it")).toContain("items");
});

test("an item has data and files", () => {
  expect(labels("javascript", "items[0].")).toEqual(["json", "binary"]);
  expect(labels("python", "item.")).toEqual(["json", "binary"]);
});

test("JavaScript is offered keys that can stand behind a dot", () => {
  expect(labels("javascript", "item.json.")).toEqual(["total", "customer", "lines"]);
  expect(labels("javascript", "$json.customer.")).toEqual(["city"]);
  expect(labels("javascript", "items[2].json.lines[i].")).toEqual(["sku"]);
});

test("Python is offered every key between quotes", () => {
  expect(labels("python", 'item.json["')).toEqual(["total", "first name", "customer", "lines"]);
  expect(labels("python", "item['json']['customer']['")).toEqual(["city"]);
});

test("the typed beginning of a key is what a suggestion replaces", () => {
  expect(codeSuggestionsFor("javascript", "$json.tot", DATA)?.from).toBe("$json.".length);
});

test("behind other values only the language knows what follows", () => {
  expect(labels("javascript", "text.")).toBeNull();
  expect(labels("javascript", "$json.unknown.")).toBeNull();
});
