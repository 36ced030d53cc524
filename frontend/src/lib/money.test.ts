// Amounts as people read and write them.

import { expect, it } from "vitest";
import { formatMoney, toDollars, toMicro } from "./money";

it.each([
  [0, "$0.00"],
  [12_340_000, "$12.34"],
  [1_234_567_890, "$1,234.57"],
  [9_999, "$0.009999"],
  [150, "$0.00015"],
])("%s millionths read %s", (micro, text) => {
  expect(formatMoney(micro)).toBe(text);
});

it.each([
  ["10", 10_000_000],
  [" $0.50 ", 500_000],
  ["0", 0],
  ["", null],
  ["-1", null],
  ["ten", null],
])("%j is %s millionths", (text, micro) => {
  expect(toMicro(text)).toBe(micro);
});

it("gives back what was typed", () => {
  expect(toDollars(toMicro("12.5") ?? 0)).toBe("12.5");
});
