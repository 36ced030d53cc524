// Whether a credential's last day is near. People are told so long before (see the server's `AHEAD`).

const DAY_MS = 24 * 60 * 60 * 1_000;
const AHEAD_DAYS = 7;

export type End = "past" | "soon" | "later";

/** `day` is its last day as `2026-03-31`, wherever one is; null: it has no end. */
export function endOf(day: string | null, nowMs: number): End | null {
  if (day === null) return null;
  const endMs = new Date(`${day}T00:00:00`).getTime() + DAY_MS;
  if (Number.isNaN(endMs)) return null;
  if (endMs <= nowMs) return "past";
  return endMs - nowMs <= (AHEAD_DAYS + 1) * DAY_MS ? "soon" : "later";
}
