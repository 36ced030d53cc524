// What a card shows of the data that is decided about: what its author chose, or the first plain
// values of its first item.

import type { Approval, ApprovalFact, JsonObject, JsonValue } from "@/api/types";

const SHOWN_AT_MOST = 6;
const LONGEST = 80;

/** The author's facts, else up to six plain values of the first item, in its own order. */
export function factsOf({
  facts,
  items,
}: Pick<Approval, "facts" | "items">): readonly ApprovalFact[] {
  return facts.length > 0 ? facts : plainOf(items[0]);
}

function plainOf(item: JsonObject | undefined): readonly ApprovalFact[] {
  return Object.entries(item ?? {})
    .filter(([, value]) => isPlain(value))
    .slice(0, SHOWN_AT_MOST)
    .map(([label, value]) => ({ label, value: shortened(String(value)), mark: "none" }));
}

const isPlain = (value: JsonValue): boolean =>
  (typeof value === "string" && value !== "") ||
  typeof value === "number" ||
  typeof value === "boolean";

const shortened = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;

export type Urgency = "none" | "soon" | "over";

const SOON_MS = 60 * 60 * 1_000;

/** Whether an approval expires within the hour, or has done so. */
export function urgencyOf(
  { expires_at: at }: Pick<Approval, "expires_at">,
  nowMs: number,
): Urgency {
  if (at === null) return "none";
  const leftMs = Date.parse(at) - nowMs;
  if (leftMs <= 0) return "over";
  return leftMs < SOON_MS ? "soon" : "none";
}

const FIGURE = 22;

/** Whether a headline is short enough for the size of a figure; a sentence stands smaller. */
export const isFigure = (headline: string): boolean => headline.length <= FIGURE;
