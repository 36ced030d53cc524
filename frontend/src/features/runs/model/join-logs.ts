// The log that was loaded and what came live after it, as one list.

import type { RunEvent } from "@/api/types";

/** Events of a list and those that came live after it, each once. */
export function joinLogs(
  earlier: readonly RunEvent[],
  live: readonly RunEvent[],
): readonly RunEvent[] {
  const last = earlier.at(-1)?.seq ?? 0;
  return [...earlier, ...live.filter((event) => event.seq > last)];
}
