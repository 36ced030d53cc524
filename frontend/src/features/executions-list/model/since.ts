// Spans of time by which the list of runs is narrowed.

export const SPANS = ["1h", "24h", "7d", "30d"] as const;

export type Span = (typeof SPANS)[number];

const HOUR_MS = 3_600_000;
const HOURS: Readonly<Record<Span, number>> = { "1h": 1, "24h": 24, "7d": 168, "30d": 720 };

/**
 * The moment that lies so far back, in whole minutes, so that a list that is asked for again soon is
 * the same list; undefined for what is no span.
 */
export function momentBefore(span: string | undefined, nowMs: number): string | undefined {
  const known = SPANS.find((one) => one === span);
  if (!known) return undefined;
  const minute = Math.floor(nowMs / 60_000) * 60_000;
  return new Date(minute - HOURS[known] * HOUR_MS).toISOString();
}
