// When a dragged card counts as an answer: far enough, or flicked (editor.md 10).

export type Answer = "approve" | "reject";

const FAR_PX = 110;
const FLICK_PX_PER_MS = 0.6;
/** A flick is a movement, not a tremble. */
const FLICK_MIN_PX = 40;

/** Right approves, left rejects; null springs back. */
export function answerOf(movedPx: number, elapsedMs: number): Answer | null {
  const speed = Math.abs(movedPx) / Math.max(1, elapsedMs);
  const counts =
    Math.abs(movedPx) >= FAR_PX || (speed > FLICK_PX_PER_MS && Math.abs(movedPx) >= FLICK_MIN_PX);
  if (!counts) return null;
  return movedPx > 0 ? "approve" : "reject";
}
