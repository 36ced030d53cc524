// Finding nodes of the open workflow by name, type, parameter text or problem.

import { topologicalOrder } from "./graph";
import type { Problem, SpecOf, WorkflowDocument, WorkflowNode } from "./types";

export type Found = {
  readonly node: WorkflowNode;
  readonly where: "name" | "type" | "params" | "problem";
};

/** Nodes that hold every word of the query in one place; names first, then in reading order. */
export function findNodes(
  document: WorkflowDocument,
  specOf: SpecOf,
  problems: readonly Problem[],
  query: string,
): readonly Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const holds = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const placeIn = (node: WorkflowNode): Found["where"] | null => {
    if (holds(node.name)) return "name";
    if (holds(`${specOf(node.type)?.title ?? ""} ${node.type}`)) return "type";
    if (holds(JSON.stringify(node.params))) return "params";
    const messages = problems.filter((problem) => problem.node === node.id);
    return messages.some((problem) => holds(problem.message)) ? "problem" : null;
  };
  const found = topologicalOrder(document).flatMap((node): Found[] => {
    const where = placeIn(node);
    return where ? [{ node, where }] : [];
  });
  return [
    ...found.filter(({ where }) => where === "name"),
    ...found.filter(({ where }) => where !== "name"),
  ];
}
