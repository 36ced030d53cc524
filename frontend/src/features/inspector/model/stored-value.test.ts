// Literals and expressions as they are stored, and the way between them.

import { expect, test } from "vitest";
import { expressionFor, isExpression, literalFor, readLiteral, storeLiteral } from "./stored-value";

test("only an object with a text under = is an expression", () => {
  expect(isExpression({ "=": "{{ 1 }}" })).toBe(true);
  expect(isExpression({ "=": "a", b: 1 })).toBe(false);
  expect(isExpression({ "=": { literal: 1 } })).toBe(false);
  expect(isExpression("=1")).toBe(false);
});

test.each([[{ "=": "text" }], [{ "=": 1 }], [{ a: { "=": "x" } }], ["plain"], [null]])(
  "a literal %j comes back as it was",
  (literal) => {
    const stored = storeLiteral(literal);

    expect(isExpression(stored)).toBe(false);
    expect(readLiteral(stored)).toEqual(literal);
  },
);

test.each([["text"], [5], [true], [["a"]], [{ a: 1 }]])(
  "%j as an expression gives the same value back",
  (literal) => {
    expect(literalFor(expressionFor(literal)["="])).toEqual(literal);
  },
);

test("what only an expression can say has no literal", () => {
  expect(literalFor("{{ $json.a }}")).toBeUndefined();
  expect(literalFor("a {{ 1 }}")).toBeUndefined();
});
