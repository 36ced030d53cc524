// Which of a workflow's executions an open editor shows.

import type { ExecutionStatus } from "@/api/types";
import { isUnfinished } from "@/lib/status";
import type { Run } from "./run";

export type Sighting = { readonly id: string; readonly status: ExecutionStatus | null };

/**
 * A run that goes on is never taken away for another; after it, the first newer one that is
 * seen alive is shown. Ids are UUIDv7, so newer ids sort later.
 */
export function shouldFollow(shown: Run | null, seen: Sighting): boolean {
  if (seen.status !== null && !isUnfinished(seen.status)) return false;
  if (shown === null) return true;
  return seen.id !== shown.id && !isUnfinished(shown.status) && seen.id > shown.id;
}
