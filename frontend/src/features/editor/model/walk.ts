// Where the arrow keys lead: left and right along wires, up and down among neighbours; down from an agent
// to what is attached to it, and from there up again.

import { bondsOf, isCapabilityEdge, subNodesOf } from "./capabilities";
import { edgesInto, edgesOutOf, topologicalOrder } from "./graph";
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
  const isAcross = direction === "left" || direction === "right";
  return isAcross ? across(document, node, direction) : upOrDown(document, node, direction);
}

function across(document: WorkflowDocument, node: WorkflowNode, direction: "left" | "right") {
  const [bond] = bondsOf(document, node.id);
  if (!bond) return along(document, node, direction);
  return sibling(document, node, bond.to[0], direction === "left" ? -1 : 1);
}

function upOrDown(document: WorkflowDocument, node: WorkflowNode, direction: "up" | "down") {
  if (direction === "up")
    return bondsOf(document, node.id)[0]?.to[0] ?? sideways(document, node, -1);
  return subNodesOf(document, node.id)[0]?.id ?? sideways(document, node, 1);
}

function along(document: WorkflowDocument, node: WorkflowNode, direction: "left" | "right") {
  const wires = direction === "left" ? edgesInto(document, node.id) : edgesOutOf(document, node.id);
  const ends = wires
    .filter((edge) => !isCapabilityEdge(edge))
    .map(({ from, to }) => (direction === "left" ? from[0] : to[0]));
  return nearest(node, all(document, [...new Set(ends)]));
}

/** The next sub-node of the same agent; null at an end. */
function sibling(document: WorkflowDocument, node: WorkflowNode, agent: string, step: 1 | -1) {
  const all = subNodesOf(document, agent);
  return all[all.findIndex(({ id }) => id === node.id) + step]?.id ?? null;
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
