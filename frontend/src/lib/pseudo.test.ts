// The made-up language.

import { expect, test } from "vitest";
import { fill } from "./i18n";
import { pseudo } from "./pseudo";

test("letters get accents, and the text grows by two fifths", () => {
  expect(pseudo("Save now")).toBe("Šáṽé ñóŵ~~~~");
});

test("values and plural forms still come in", () => {
  expect(
    fill(pseudo("{name}: {n, plural, one {# run} other {# runs}}"), { name: "A", n: 2 }),
  ).toMatch(/^A: 2 runs/);
});
