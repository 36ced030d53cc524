// What a card shows of the data that is decided about: the first plain values of its first item.

import type { Approval, JsonObject, JsonValue } from "@/api/types";

export type Fact = { readonly name: string; readonly value: string };

const SHOWN_AT_MOST = 6;
const LONGEST = 80;

/** Up to six plain values of an item, in its own order. */
export function factsOf(item: JsonObject | undefined): readonly Fact[] {
  return Object.entries(item ?? {})
    .filter(([, value]) => isPlain(value))
    .slice(0, SHOWN_AT_MOST)
    .map(([name, value]) => ({ name, value: shortened(String(value)) }));
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
