// What is copied: a part of a document as JSON in the document's own format.

import { groupsOf } from "./groups";
import type { WorkflowDocument, WorkflowGroup, WorkflowNote } from "./types";

export const FORMAT = "headrace/1";

export type Fragment = Pick<WorkflowDocument, "format" | "nodes" | "edges"> & {
  readonly notes: readonly WorkflowNote[];
  readonly groups: readonly WorkflowGroup[];
};

/** The chosen nodes and notes with the edges among them and the groups that are whole. Credentials go along as ids, never values. */
export function fragmentOf(
  document: WorkflowDocument,
  nodeIds: ReadonlySet<string>,
  noteIds: ReadonlySet<string> = new Set(),
): Fragment {
  return {
    format: FORMAT,
    nodes: document.nodes.filter((node) => nodeIds.has(node.id)),
    edges: document.edges.filter((edge) => nodeIds.has(edge.from[0]) && nodeIds.has(edge.to[0])),
    notes: (document.notes ?? []).filter((note) => noteIds.has(note.id)),
    groups: groupsOf(document).filter(({ nodes }) => nodes.every((id) => nodeIds.has(id))),
  };
}
