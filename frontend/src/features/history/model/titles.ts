// What entries of a history are called.

import type { HistoryEntry } from "@/api/types";
import { formatMoment } from "@/lib/format";
import { t } from "@/lib/i18n";

/** The name that somebody gave it, else what it is: `Version 3`, `Restored`. */
export function titleOf(entry: HistoryEntry): string {
  return entry.name || kindOf(entry);
}

export function kindOf({ kind, number }: HistoryEntry): string {
  return t(`history.entry.${kind}`, { number: number ?? 0 });
}

/** Enough to tell it from others in a list: `Draft · 21 Nov 2026, 14:02:10`. */
export function longTitleOf(entry: HistoryEntry): string {
  return entry.number === null ? `${titleOf(entry)} · ${formatMoment(entry.at)}` : titleOf(entry);
}

/** Stands for the draft where an entry may be named. */
export const DRAFT = "draft";
