// Finding a node type by a few words: every word must be found, best places first.

import type { NodeSpec } from "@/api/types";
import type { Catalog } from "./catalog";

export type PaletteGroup = { readonly id: string; readonly specs: readonly NodeSpec[] };

export const RECENT_GROUP = "recent";
export const RESULTS_GROUP = "results";

const TITLE = 100;
const SYNONYM = 60;
const TYPE = 40;
const CATEGORY = 30;
const DESCRIPTION = 20;
const SCATTERED = 5;

/** With words: one ranked group. Without: what was used last, then everything by category. */
export function search(
  catalog: Catalog,
  query: string,
  allowed: (spec: NodeSpec) => boolean,
  recent: readonly string[] = [],
): readonly PaletteGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const specs = catalog.specs.filter(allowed);
  if (words.length === 0) return grouped(catalog, specs, recent);
  const scored = specs
    .map((spec) => ({ spec, score: scoreOf(catalog, spec, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.spec.title.localeCompare(b.spec.title));
  return scored.length === 0 ? [] : [{ id: RESULTS_GROUP, specs: scored.map(({ spec }) => spec) }];
}

function grouped(catalog: Catalog, specs: readonly NodeSpec[], recent: readonly string[]) {
  const used = recent.flatMap((type) => specs.find((spec) => spec.type === type) ?? []);
  const order = [
    ...new Set([...catalog.categories.map(({ id }) => id), ...specs.map((spec) => spec.category)]),
  ];
  const groups = order.map((id) => ({ id, specs: specs.filter((spec) => spec.category === id) }));
  return [{ id: RECENT_GROUP, specs: used }, ...groups].filter((group) => group.specs.length > 0);
}

/** 0 when a word is nowhere; the sum of each word's best place otherwise. */
function scoreOf(catalog: Catalog, spec: NodeSpec, words: readonly string[]): number {
  const scores = words.map((word) => wordScore(catalog, spec, word));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
}

function wordScore(catalog: Catalog, spec: NodeSpec, word: string): number {
  const places: readonly (readonly [text: string, worth: number])[] = [
    [spec.title, TITLE],
    ...spec.synonyms.map((synonym) => [synonym, SYNONYM] as const),
    [spec.type, TYPE],
    [catalog.category(spec.category).label, CATEGORY],
    [spec.description, DESCRIPTION],
  ];
  const best = Math.max(...places.map(([text, worth]) => worth * placeFactor(text, word)));
  return best > 0 || !isScattered(spec.title.toLowerCase(), word) ? best : SCATTERED;
}

/** How well a word sits in a text: the start of it, the start of a word in it, or inside one. */
function placeFactor(text: string, word: string): number {
  const at = text.toLowerCase().indexOf(word);
  if (at < 0) return 0;
  if (at === 0) return text.length === word.length ? 2 : 1.5;
  return /\W|_/.test(text.charAt(at - 1)) ? 1.2 : 0.7;
}

/** The letters in order with gaps, `htpr` in `http request`. */
function isScattered(text: string, word: string): boolean {
  let at = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return word.length >= 3;
}
