// What somebody has put into the fields of a card: which values that makes, and what does not fit.

import type { CorrectableField, Corrections, JsonValue } from "@/api/types";
import type { MessageKey } from "@/lib/i18n";

/** As typed or chosen, by field; a field that was never touched is not in it. */
export type Drafts = { readonly [field: string]: string };

export type Checked = {
  readonly corrections: Corrections;
  readonly faults: { readonly [field: string]: MessageKey };
};

export const YES = "yes";
export const NO = "no";

/** How a value stands in its control. */
export function textOf({ kind, value }: CorrectableField): string {
  if (value === null) return "";
  if (kind === "yes_no" && typeof value === "boolean") return value ? YES : NO;
  return String(value);
}

/** The values that differ from what the fields hold, and the fields whose text is no value. */
export function checkDrafts(fields: readonly CorrectableField[], drafts: Drafts): Checked {
  const corrections: Record<string, JsonValue> = {};
  const faults: Record<string, MessageKey> = {};
  for (const field of fields) {
    const text = drafts[field.name];
    if (text === undefined || text === textOf(field)) continue;
    const value = readText(field, text);
    if (value === null) faults[field.name] = "inbox.noNumber";
    else corrections[field.name] = value;
  }
  return { corrections, faults };
}

function readText({ kind }: CorrectableField, text: string): JsonValue {
  if (kind === "yes_no") return text === YES;
  return kind === "number" ? numberOf(text) : text;
}

/** A comma may stand for the decimal point, as long as nothing is ambiguous. */
function numberOf(text: string): number | null {
  const plain = /^[^.,]*,[^.,]*$/.test(text) ? text.replace(",", ".") : text;
  const value = plain.trim() === "" ? Number.NaN : Number(plain);
  return Number.isFinite(value) && Math.abs(value) <= 2 ** 53 ? value : null;
}

/** What is typed outlives the card: another is looked at, a decision is taken back. */
const kept = new Map<string, Drafts>();

export const draftsOf = (approval: string): Drafts => kept.get(approval) ?? {};

export function keepDrafts(approval: string, drafts: Drafts): void {
  kept.set(approval, drafts);
}
