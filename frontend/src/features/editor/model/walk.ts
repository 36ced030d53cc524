// Where the arrow keys lead: left and right along wires, up and down among neighbours.

import { childrenOf, parentsOf, topologicalOrder } from "./graph";
import { nodeById, type WorkflowDocument, type WorkflowNode } from "./types";

export type Direction = "left" | "right" | "up" | "down";

/** The node that an arrow key leads to; the first node when none is given; null at an end. */
export function neighbour(
  document: WorkflowDocument,
  from: string | null,
  direction: Direction,
): string | null {
  const node = from === null ? undefined : nodeById(document, from);
  if (!node) return topologicalOrder(document)[0]?.id ?? null;
  if (direction === "left") return nearest(node, all(document, parentsOf(document, node.id)));
  if (direction === "right") return nearest(node, all(document, childrenOf(document, node.id)));
  return sideways(document, node, direction === "up" ? -1 : 1);
}

function all(document: WorkflowDocument, ids: readonly string[]): readonly WorkflowNode[] {
  return ids.flatMap((id) => nodeById(document, id) ?? []);
}

function nearest(node: WorkflowNode, others: readonly WorkflowNode[]): string | null {
  const distance = ({ position: [x, y] }: WorkflowNode) =>
    Math.abs(y - node.position[1]) + Math.abs(x - node.position[0]) / 4;
  return [...others].sort((a, b) => distance(a) - distance(b))[0]?.id ?? null;
}

/** A node above or below; across is four times as far as along. */
function sideways(document: WorkflowDocument, node: WorkflowNode, sign: 1 | -1): string | null {
  const [x, y] = node.position;
  const away = ({ position }: WorkflowNode) =>
    Math.abs(position[1] - y) + 4 * Math.abs(position[0] - x);
  const beyond = document.nodes.filter((other) => sign * (other.position[1] - y) > 0);
  return beyond.sort((a, b) => away(a) - away(b))[0]?.id ?? null;
}
