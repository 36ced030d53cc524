// What a browser says of itself, in two words that people know.

export type Agent = { readonly browser: string; readonly system: string };

/** Order matters: nearly every browser also says that it is Safari, and Edge that it is Chrome. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrom(e|ium)\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** Null for a program that is no browser of these. */
export function readAgent(text: string): Agent | null {
  const browser = firstOf(BROWSERS, text);
  const system = firstOf(SYSTEMS, text);
  return browser && system ? { browser, system } : null;
}

function firstOf(known: readonly (readonly [RegExp, string])[], text: string): string | null {
  return known.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
