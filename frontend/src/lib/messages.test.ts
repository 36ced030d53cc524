// Every feature loads the messages that it says, and every message can be filled.

import { describe, expect, it } from "vitest";
import { fill } from "./i18n";

type Catalogues = Readonly<Record<string, Readonly<Record<string, string>>>>;

const AREAS = Object.entries(
  import.meta.glob<Catalogues>("./messages/*.ts", { eager: true }),
).flatMap(([path, module]) => {
  const area = path.slice("./messages/".length, -".ts".length);
  const catalogue = module[area];
  return catalogue === undefined ? [] : [{ area, catalogue }];
});

const AREA_OF = new Map(
  AREAS.flatMap(({ area, catalogue }) => Object.keys(catalogue).map((key) => [key, area] as const)),
);

const SOURCES = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*", "!./messages/*"], {
  eager: true,
  query: "?raw",
  import: "default",
});

const ALWAYS = ["common", "shell"];

/** Files by the folder that loads their messages: a feature, or the file itself elsewhere. */
function byFeature(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [path, text] of Object.entries(SOURCES)) {
    const feature = /^\.\.\/features\/[^/]+/.exec(path)?.[0];
    if (feature) found.set(feature, [...(found.get(feature) ?? []), text]);
  }
  return found;
}

function areasSaid(text: string): Set<string> {
  const keys = [...text.matchAll(/["`]([a-z]\w*(?:\.\w+)+)["`]/g)].map((match) => match[1] ?? "");
  const areas = keys.flatMap((key) => AREA_OF.get(key) ?? []);
  return new Set(areas.filter((area) => !ALWAYS.includes(area)));
}

describe("messages", () => {
  it.each(AREAS.flatMap(({ catalogue }) => Object.entries(catalogue)))(
    "%s has matching braces",
    (_key, message) => {
      expect(() => fill(message, {})).not.toThrow();
    },
  );

  it.each([...byFeature()])("%s loads what it says", (_feature, texts) => {
    const all = texts.join("\n");
    const loaded = [...all.matchAll(/import "@\/lib\/messages\/(\w+)"/g)].map((match) => match[1]);

    expect([...areasSaid(all)].filter((area) => !loaded.includes(area))).toEqual([]);
  });
});
