// Markdown is read for what it says; everything that is not ours stays text.

import { expect, test } from "vitest";
import { blocksOf, inlineOf } from "./markdown";

test("headings, paragraphs, lists, code and tables", () => {
  const text = [
    "# Title",
    "One line",
    "and its rest.",
    "",
    "- first",
    "  goes on",
    "- second",
    "1. one",
    "```json",
    '{"a": 1}',
    "```",
    "| a | b |",
    "|---|---|",
    "| 1 | x \\| y |",
  ].join("\n");

  expect(blocksOf(text)).toEqual([
    { kind: "heading", text: "Title" },
    { kind: "paragraph", text: "One line\nand its rest." },
    { kind: "list", isOrdered: false, items: ["first goes on", "second"] },
    { kind: "list", isOrdered: true, items: ["one"] },
    { kind: "code", text: '{"a": 1}' },
    {
      kind: "table",
      rows: [
        ["a", "b"],
        ["1", "x | y"],
      ],
    },
  ]);
});

test("marks inside a line", () => {
  expect(inlineOf("a **b** *c* `d` [e](https://x.test/f) snake_case_name")).toEqual([
    { kind: "text", text: "a " },
    { kind: "strong", text: "b" },
    { kind: "text", text: " " },
    { kind: "emphasis", text: "c" },
    { kind: "text", text: " " },
    { kind: "code", text: "d" },
    { kind: "text", text: " " },
    { kind: "link", text: "e", href: "https://x.test/f" },
    { kind: "text", text: " snake_case_name" },
  ]);
});

test.each(["<script>alert(1)</script>", "[x](javascript:alert(1))", "<img src=x onerror=y>"])(
  "%s stays text",
  (text) => {
    expect(inlineOf(text)).toEqual([{ kind: "text", text }]);
  },
);

test("an open fence takes the rest of the text", () => {
  expect(blocksOf("```\na\nb")).toEqual([{ kind: "code", text: "a\nb" }]);
});
