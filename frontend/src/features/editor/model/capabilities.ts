// Capabilities: what is tied to an agent instead of standing in the flow. A wire of this kind runs from the
// sub-node to the agent and carries no items; any action can be tied as a tool by a port nobody declares.

import { edgesInto, edgesOutOf } from "./graph";
import {
  type NodeSpec,
  nodeById,
  type Port,
  type PortKind,
  type WorkflowDocument,
  type WorkflowEdge,
  type WorkflowNode,
} from "./types";

export const TOOL_PORT: Port = { id: "tool", label: "", kind: "tool" };

const SLOT_OF: Readonly<Record<string, string>> = {
  model: "model",
  memory: "memory",
  tool: "tools",
  retriever: "retriever",
  parser: "parser",
};

/** True for a wire from a sub-node to its agent: both its ends are named after one capability. */
export const isCapabilityEdge = ({ from, to }: WorkflowEdge): boolean => SLOT_OF[from[1]] === to[1];

/** What a port named so carries in a wire between a sub-node and an agent. */
export function kindOfEnd(id: string): PortKind {
  const kind = Object.keys(SLOT_OF).find((one) => one === id || SLOT_OF[one] === id);
  return (kind ?? "main") as PortKind;
}

/** The port by which a node of this type can be a tool; undefined where it cannot. */
export function toolPortOf(spec: NodeSpec): Port | undefined {
  const declared = spec.outputs.find(({ kind }) => kind === "tool");
  return declared ?? (spec.attachable ? TOOL_PORT : undefined);
}

/** A slot that takes one sub-node only; tools and retrievers are as many as one likes. */
const takesOne = ({ kind }: Port): boolean => kind !== "tool" && kind !== "retriever";

export const isTaken = (document: WorkflowDocument, agent: string, slot: Port): boolean =>
  takesOne(slot) && attachedTo(document, agent, slot.id).length > 0;

/** True where a node of this type can fill a slot. An action can be a tool although its type does not say so. */
export const offersTo = ({ kind }: Port, spec: NodeSpec): boolean =>
  spec.outputs.some((port) => port.kind === kind) ||
  (kind === "tool" && toolPortOf(spec) !== undefined);

/** The wires by which a node is tied to agents. */
export function bondsOf(document: WorkflowDocument, node: string): readonly WorkflowEdge[] {
  return edgesOutOf(document, node).filter(isCapabilityEdge);
}

export const isAttached = (document: WorkflowDocument, node: string): boolean =>
  bondsOf(document, node).length > 0;

/** How many nodes items flow through; what is lent to an agent runs within its step. */
export function countInFlow({ nodes, edges }: WorkflowDocument): number {
  const lent = new Set(edges.filter(isCapabilityEdge).map(({ from }) => from[0]));
  return nodes.filter(({ id }) => !lent.has(id)).length;
}

/** The wires of an agent's sub-nodes, those of one slot or all. */
export function attachedTo(
  document: WorkflowDocument,
  agent: string,
  slot?: string,
): readonly WorkflowEdge[] {
  return edgesInto(document, agent).filter(
    (edge) => isCapabilityEdge(edge) && (slot === undefined || edge.to[1] === slot),
  );
}

/** The sub-nodes of an agent from left to right. */
export function subNodesOf(
  document: WorkflowDocument,
  agent: string,
  slot?: string,
): readonly WorkflowNode[] {
  return attachedTo(document, agent, slot)
    .flatMap(({ from }) => nodeById(document, from[0]) ?? [])
    .sort((a, b) => a.position[0] - b.position[0]);
}

/** True where items flow into or out of the node. */
export function isInFlow(document: WorkflowDocument, node: string): boolean {
  const isFlow = (edge: WorkflowEdge) => !isCapabilityEdge(edge);
  return edgesInto(document, node).some(isFlow) || edgesOutOf(document, node).some(isFlow);
}

/** True where tying `sub` to `agent` would make a circle of capabilities. */
export function wouldCircle(document: WorkflowDocument, sub: string, agent: string): boolean {
  const seen = new Set<string>();
  const queue = [agent];
  for (const id of queue) {
    if (id === sub) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...bondsOf(document, id).map(({ to }) => to[0]));
  }
  return false;
}
