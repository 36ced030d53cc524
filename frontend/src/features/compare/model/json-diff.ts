// Two values as lines of JSON beside each other: keys and places in lists are matched, not lines.

import type { Item, JsonValue } from "@/api/types";

export type Line = { readonly depth: number; readonly text: string };

/** `left` or `right` is null where that side has no such line. */
export type DiffRow = {
  readonly left: Line | null;
  readonly right: Line | null;
  readonly isSame: boolean;
};

/** Equal lines in a row that are not worth showing. */
export type Fold = { readonly folded: number };

type Value = JsonValue | undefined;
type Place = { readonly depth: number; readonly label: string };

/** Rows in reading order; of undefined there are no lines. Steps grow with the size of both. */
export function diffRows(left: Value, right: Value): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  compare(rows, { depth: 0, label: "" }, left, right);
  return rows;
}

function compare(rows: DiffRow[], place: Place, left: Value, right: Value): void {
  const [one, other] = [partsOf(left), partsOf(right)];
  if (!one || !other || Array.isArray(left) !== Array.isArray(right)) {
    pair(rows, linesOf(place, left), linesOf(place, right));
    return;
  }
  const [open, close] = bracketsOf(left);
  same(rows, { depth: place.depth, text: place.label + open });
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    compare(rows, inside(place, key), one.get(key), other.get(key));
  }
  same(rows, { depth: place.depth, text: close });
}

const same = (rows: DiffRow[], line: Line) => rows.push({ left: line, right: line, isSame: true });

function pair(rows: DiffRow[], left: readonly Line[], right: readonly Line[]): void {
  const isSame =
    left.length === right.length && left.every((line, i) => line.text === right[i]?.text);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    rows.push({ left: left[i] ?? null, right: right[i] ?? null, isSame });
  }
}

function linesOf(place: Place, value: Value): readonly Line[] {
  const { depth, label } = place;
  if (value === undefined) return [];
  const parts = partsOf(value);
  if (!parts) return [{ depth, text: label + JSON.stringify(value) }];
  const [open, close] = bracketsOf(value);
  return [
    { depth, text: label + open },
    ...[...parts].flatMap(([key, part]) => linesOf(inside(place, key), part)),
    { depth, text: close },
  ];
}

const inside = ({ depth }: Place, key: string): Place => ({ depth: depth + 1, label: `${key}: ` });

const bracketsOf = (value: Value): readonly [string, string] =>
  Array.isArray(value) ? ["[", "]"] : ["{", "}"];

/** What stands in a list by its place, in an object by its key; null for what has no parts. */
function partsOf(value: Value): ReadonlyMap<string, JsonValue> | null {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : null;
}

/** An item as it is shown: its data alone, unless it carries files. */
export const shownItem = ({ json, binary }: Item): JsonValue =>
  binary && Object.keys(binary).length > 0 ? { json, files: Object.keys(binary) } : json;

/** The rows that differ with `around` equal ones before and after, and what lies between in short. */
export function folded(rows: readonly DiffRow[], around = 2): readonly (DiffRow | Fold)[] {
  const shown = new Set<number>();
  rows.forEach(({ isSame }, index) => {
    if (isSame) return;
    for (let i = index - around; i <= index + around; i += 1) shown.add(i);
  });
  const found: (DiffRow | Fold)[] = [];
  let hidden = 0;
  rows.forEach((row, index) => {
    if (!shown.has(index)) {
      hidden += 1;
      return;
    }
    if (hidden > 0) found.push({ folded: hidden });
    hidden = 0;
    found.push(row);
  });
  return hidden > 0 ? [...found, { folded: hidden }] : found;
}
