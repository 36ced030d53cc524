import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/styles/tokens.css", "utf8");
const declarations = new Map(
  [...css.matchAll(/^ {2}(--[\w-]+): ([^;{]+);$/gm)].map(([, name = "", value = ""]) => [
    name,
    value.trim(),
  ]),
);

type Theme = "light" | "dark";
/** Lightness and the two colour axes of OKLab. */
type Lab = readonly [lightness: number, a: number, b: number];

/** The colour that a token has in a theme. Follows var(), light-dark() and color-mix(). */
function colorOf(value: string, theme: Theme): Lab {
  const call = /^([\w-]+)\((.*)\)$/s.exec(value);
  const [name, inner = ""] = [call?.[1], call?.[2]];
  switch (name) {
    case "var":
      return colorOf(declarations.get(inner) ?? `unknown ${inner}`, theme);
    case "light-dark":
      return colorOf(splitArguments(inner)[theme === "light" ? 0 : 1] ?? "", theme);
    case "oklch":
      return fromOklch(inner.split(" ").map(Number));
    case "color-mix":
      return mix(splitArguments(inner), theme);
    default:
      throw new Error(`Not a colour: ${value}`);
  }
}

function splitArguments(inner: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const letter of inner) {
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

function fromOklch([lightness = 0, chroma = 0, hue = 0]: readonly number[]): Lab {
  const angle = (hue * Math.PI) / 180;
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

function mix([space, first = "", second = ""]: readonly string[], theme: Theme): Lab {
  expect(space).toBe("in oklab");
  const [color = "", percent = "50%"] = first.split(/ (?=\d+%$)/);
  const share = Number.parseFloat(percent) / 100;
  const [one, other] = [colorOf(color, theme), colorOf(second, theme)];
  const between = (axis: 0 | 1 | 2) => one[axis] * share + other[axis] * (1 - share);
  return [between(0), between(1), between(2)];
}

/** Relative luminance, WCAG 2; matrices of Björn Ottosson's OKLab. */
function luminance([lightness, a, b]: Lab): number {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
  const inGamut = (channel: number) => Math.min(1, Math.max(0, channel));
  return 0.2126 * inGamut(red) + 0.7152 * inGamut(green) + 0.0722 * inGamut(blue);
}

function contrast(first: string, second: string, theme: Theme): number {
  const [one, other] = [first, second].map((name) => luminance(colorOf(`var(--${name})`, theme)));
  const [low = 0, high = 0] = [one ?? 0, other ?? 0].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["surface", "raised", "sunken", "canvas", "app"];
const STATUSES = ["running", "success", "warn", "error", "human", "cached", "queued", "skipped"];
const TINTS = ["amber", "violet", "teal", "slate", "blue", "pink", "green"].map((t) => `tint-${t}`);
const TEXT = 4.5;
const SHAPE = 3;

const pairs: readonly (readonly [string, string, number])[] = [
  ...["fg", "fg-muted", "fg-subtle", "accent", ...STATUSES].flatMap((tone) =>
    GROUNDS.map((ground) => [tone, ground, TEXT] as const),
  ),
  ...["fg", "fg-muted", "fg-subtle", "accent"].map((t) => [t, "accent-soft", TEXT] as const),
  ...STATUSES.filter((status) => status !== "skipped").map(
    (status) => [status, `${status}-soft`, TEXT] as const,
  ),
  ...STATUSES.flatMap((status) =>
    ["surface", "canvas"].map((ground) => [`${status}-fill`, ground, SHAPE] as const),
  ),
  ...TINTS.map((tint) => [tint, "surface", TEXT] as const),
  ...["accent-solid", "accent-solid-hover", "error-solid"].map(
    (ground) => ["fg-on-solid", ground, TEXT] as const,
  ),
  ["focus", "surface", SHAPE],
  ["focus", "canvas", SHAPE],
];

describe.each(["light", "dark"] as const)("tokens in the %s theme", (theme) => {
  it.each(pairs)("%s on %s has a contrast of at least %d", (tone, ground, least) => {
    expect(contrast(tone, ground, theme)).toBeGreaterThanOrEqual(least);
  });
});

describe("tokens", () => {
  it("have the contrast that another tool measured", () => {
    expect(contrast("fg", "surface", "light")).toBeCloseTo(16.9, 0);
    expect(contrast("warn-fill", "surface", "light")).toBeCloseTo(3.49, 1);
  });

  it("gives every Tailwind colour a meaning that exists", () => {
    const used = [...css.matchAll(/--color-[\w-]+: var\((--[\w-]+)\)/g)].map(([, name]) => name);

    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((name = "") => !declarations.has(name))).toEqual([]);
  });
});
