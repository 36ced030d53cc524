// What is typed into a card becomes values of the right kind, or is said to be none.

import { expect, test } from "vitest";
import type { CorrectableField } from "@/api/types";
import { checkDrafts, textOf } from "./corrections";

const field = (given: Partial<CorrectableField>): CorrectableField => ({
  name: "a",
  item: null,
  label: "A",
  kind: "text",
  options: [],
  value: null,
  ...given,
});

test.each([
  [{ kind: "number", value: 1 }, "2.5", 2.5],
  [{ kind: "number", value: 1 }, "5903,44", 5903.44],
  [{ kind: "yes_no", value: false }, "yes", true],
  [{ kind: "yes_no", value: null }, "no", false],
  [{ kind: "text", value: "x" }, "", ""],
  [{ kind: "choice", value: null }, "4100", "4100"],
] as const)("%o takes %s", (given, text, value) => {
  expect(checkDrafts([field(given)], { a: text })).toEqual({
    corrections: { a: value },
    faults: {},
  });
});

test.each(["", "1,234.5", "abc", "1e400"])("%o is no number", (text) => {
  expect(checkDrafts([field({ kind: "number", value: 1 })], { a: text })).toEqual({
    corrections: {},
    faults: { a: "inbox.noNumber" },
  });
});

test("what stays as it was is no correction", () => {
  const odd = field({ kind: "number", value: "n/a" });

  expect(checkDrafts([odd, field({ name: "b" })], { a: textOf(odd) }).corrections).toEqual({});
});
