// A selection at which data comes in at several ports of a joining node: the join can stay where it is, and
// what follows it becomes the workflow.

import { cutAround } from "./extract";
import { portsIn } from "./ports";
import { nodeById, type SpecOf, type WorkflowDocument, type WorkflowNode } from "./types";

export type Smaller = {
  /** The nodes that are taken out. */
  readonly ids: ReadonlySet<string>;
  /** The nodes that were selected and stay. */
  readonly stays: readonly WorkflowNode[];
};

/** The selection without the joins at its beginning, where that can be taken out; else null. */
export function keptOutside(
  document: WorkflowDocument,
  specOf: SpecOf,
  ids: ReadonlySet<string>,
  before: readonly WorkflowNode[] = [],
): Smaller | null {
  const joins = joinsAtEntry(document, specOf, ids);
  if (joins.length === 0) return null;
  const rest = new Set([...ids].filter((id) => !joins.some((join) => join.id === id)));
  const stays = [...before, ...joins];
  const cut = cutAround(document, specOf, rest);
  if (!("reason" in cut)) return { ids: rest, stays };
  return cut.reason === "entries" ? keptOutside(document, specOf, rest, stays) : null;
}

/** Nodes of several inputs that only what is outside leads to. */
function joinsAtEntry(
  document: WorkflowDocument,
  specOf: SpecOf,
  ids: ReadonlySet<string>,
): readonly WorkflowNode[] {
  return [...ids].flatMap((id) => {
    const node = nodeById(document, id);
    const into = document.edges.filter(({ to }) => to[0] === id);
    if (!node || into.length < 2 || into.some(({ from }) => ids.has(from[0]))) return [];
    const inputs = portsIn(document, node, specOf).inputs.filter(({ kind }) => kind === "main");
    return inputs.length > 1 ? [node] : [];
  });
}
