// Loops as they are drawn: which wires lead back, which nodes go round, how many turns there are.

import type { JsonObject } from "@/api/types";
import { ancestorsOf, descendantsOf, edgesOutOf } from "./graph";
import type { WorkflowDocument, WorkflowEdge, WorkflowNode } from "./types";

export const LOOP_PORT = "loop";

/** True where a wire leads back to a node from which it can be reached. */
export function isBackEdge(document: WorkflowDocument, { from, to }: WorkflowEdge): boolean {
  return from[0] === to[0] || descendantsOf(document, to[0]).includes(from[0]);
}

/** The nodes that go round by this wire, both ends included. */
export function bodyOf(
  document: WorkflowDocument,
  { from, to }: WorkflowEdge,
): ReadonlySet<string> {
  const after = new Set(descendantsOf(document, to[0]));
  const between = ancestorsOf(document, from[0]).filter((id) => after.has(id));
  return new Set([from[0], to[0], ...between]);
}

/** The first node of a loop's body: each of its runs is a turn. Null for a node that is no loop. */
export function firstOfBody(document: WorkflowDocument, node: string): string | null {
  return edgesOutOf(document, node).find(({ from }) => from[1] === LOOP_PORT)?.to[0] ?? null;
}

/** How many turns there will be, where the number of items and the size of a turn say so. */
export function turnsExpected(
  { params }: Pick<WorkflowNode, "params">,
  itemsIn: number,
): number | null {
  const size = (params as JsonObject)["batch_size"] ?? 1;
  if (typeof size !== "number" || size < 1 || itemsIn === 0) return null;
  return Math.ceil(itemsIn / size);
}
