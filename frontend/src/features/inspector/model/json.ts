// JSON values: telling them apart, and changing one inside another without touching the rest.

import type { JsonObject, JsonValue } from "@/api/types";

/** Keys and indexes from the root of a value to a value in it. */
export type Path = readonly (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function objectOf(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isList(value) ? value : [];
}

export function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** `/headers/0/value`, as RFC 6901 writes it. */
export function pointerOf(path: Path): string {
  return path
    .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

export function withKey(object: JsonObject, key: string, value: JsonValue | undefined): JsonObject {
  if (value !== undefined) return { ...object, [key]: value };
  const { [key]: _, ...others } = object;
  return others;
}

export function withIndex(
  list: readonly JsonValue[],
  index: number,
  value: JsonValue,
): readonly JsonValue[] {
  return list.map((old, at) => (at === index ? value : old));
}

export function withoutIndex(list: readonly JsonValue[], index: number): readonly JsonValue[] {
  return list.filter((_, at) => at !== index);
}

/** The list with the element at `from` put to `to`. */
export function withMoved(
  list: readonly JsonValue[],
  from: number,
  to: number,
): readonly JsonValue[] {
  const moved = list[from];
  if (moved === undefined || to < 0 || to >= list.length) return list;
  const others = withoutIndex(list, from);
  return [...others.slice(0, to), moved, ...others.slice(to)];
}
