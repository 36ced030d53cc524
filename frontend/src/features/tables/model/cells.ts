// Cells as texts: what is shown, what stands in the input, and what an input means.

import type { ColumnType, JsonValue } from "@/api/types";
import { formatMoment, formatNumber } from "@/lib/format";
import { type MessageKey, t } from "@/lib/i18n";

export type Reading =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly reason: MessageKey };

/** For people; the empty text for an empty cell. */
export function shownCell(type: ColumnType, value: JsonValue): string {
  if (value === null || value === undefined) return "";
  if (type === "boolean") return t(value === true ? "tables.yes" : "tables.no");
  if (type === "number" && typeof value === "number") return formatNumber(value);
  if (type === "date_time" && typeof value === "string") return formatMoment(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** As the input shows it. */
export function typedCell(type: ColumnType, value: JsonValue): string {
  if (value === null || value === undefined) return "";
  if (type === "date_time" && typeof value === "string") return localMoment(value);
  if (type === "json") return JSON.stringify(value);
  return String(value);
}

/** The value that a text in the input means; the empty text empties the cell. */
export function readCell(type: ColumnType, text: string): Reading {
  const plain = text.trim();
  if (plain === "") return { ok: true, value: null };
  if (type === "number") {
    const number = Number(plain);
    if (Number.isFinite(number)) return { ok: true, value: number };
    return { ok: false, reason: "tables.notNumber" };
  }
  if (type === "date_time") return { ok: true, value: new Date(plain).toISOString() };
  if (type === "json") return readJson(plain);
  return { ok: true, value: type === "boolean" ? plain === "true" : text };
}

function readJson(text: string): Reading {
  try {
    return { ok: true, value: JSON.parse(text) as JsonValue };
  } catch {
    return { ok: false, reason: "tables.notJson" };
  }
}

/** `2026-01-31T09:30:00` where the reader is, for an input of the browser. */
function localMoment(iso: string): string {
  const moment = new Date(iso);
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}
