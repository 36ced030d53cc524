// The facts of an entry as rows of before and after.

import type { JsonObject, JsonValue } from "@/api/types";

export type FactRow = { readonly name: string; readonly before: string; readonly after: string };

/** `from` and `to` are one change; `{name: {from, to}}` is one of that name; all else is as it is. */
export function factRows(facts: JsonObject): readonly FactRow[] {
  const { from, to, ...rest } = facts;
  const change =
    from === undefined && to === undefined
      ? []
      : [{ name: "", before: shown(from), after: shown(to) }];
  return [...change, ...Object.entries(rest).map(([name, value]) => factRow(name, value))];
}

function factRow(name: string, value: JsonValue): FactRow {
  if (isObject(value)) {
    const { from, to, ...rest } = value;
    const isChange = (from !== undefined || to !== undefined) && Object.keys(rest).length === 0;
    if (isChange) return { name, before: shown(from), after: shown(to) };
  }
  return { name, before: "", after: shown(value) };
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}
