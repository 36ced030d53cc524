// Which ports may be joined, and if not, why not.

import { isInFlow, isTaken, wouldCircle } from "./capabilities";
import { edgesInto } from "./graph";
import { offeredOutputs, portsIn } from "./ports";
import {
  edgeKey,
  nodeById,
  type Port,
  type PortRef,
  type SpecOf,
  type WorkflowDocument,
  type WorkflowEdge,
} from "./types";

export type Refusal =
  | "unknown_port"
  | "into_trigger"
  | "kinds_differ"
  | "duplicate"
  | "in_flow"
  | "slot_taken"
  | "circle";

type Ends = { readonly source: Port; readonly target: Port };

/** Null when the two may be joined. A node may lead back to itself: the engine runs that as a loop. */
export function refusal(
  document: WorkflowDocument,
  specOf: SpecOf,
  from: PortRef,
  to: PortRef,
): Refusal | null {
  if (isTrigger(document, specOf, to[0])) return "into_trigger";
  const ends = endsOf(document, specOf, from, to);
  if (!ends) return isFlowTool(document, specOf, from, to) ? "in_flow" : "unknown_port";
  if (ends.source.kind !== ends.target.kind) return "kinds_differ";
  const key = edgeKey({ from, to });
  if (document.edges.some((edge) => edgeKey(edge) === key)) return "duplicate";
  return ends.source.kind === "main" ? null : bondRefusal(document, ends, from, to);
}

/** What speaks against tying a sub-node to an agent by ports that fit. */
function bondRefusal(
  document: WorkflowDocument,
  { target }: Ends,
  [sub]: PortRef,
  [agent]: PortRef,
): Refusal | null {
  if (wouldCircle(document, sub, agent)) return "circle";
  return isTaken(document, agent, target) ? "slot_taken" : null;
}

/** A node that items flow through was to become a tool. */
function isFlowTool(
  document: WorkflowDocument,
  specOf: SpecOf,
  from: PortRef,
  to: PortRef,
): boolean {
  const slot = portOf(document, specOf, to, "inputs");
  return slot?.kind === "tool" && from[1] === "tool" && isInFlow(document, from[0]);
}

function isTrigger(document: WorkflowDocument, specOf: SpecOf, id: string): boolean {
  const node = nodeById(document, id);
  return node !== undefined && specOf(node.type)?.kind === "trigger";
}

function endsOf(
  document: WorkflowDocument,
  specOf: SpecOf,
  from: PortRef,
  to: PortRef,
): Ends | null {
  const source = portOf(document, specOf, from, "outputs");
  const target = portOf(document, specOf, to, "inputs");
  return source && target ? { source, target } : null;
}

export function portOf(
  document: WorkflowDocument,
  specOf: SpecOf,
  [id, portId]: PortRef,
  side: "inputs" | "outputs",
): Port | undefined {
  const node = nodeById(document, id);
  if (!node) return undefined;
  const ports =
    side === "outputs"
      ? offeredOutputs(document, node, specOf)
      : portsIn(document, node, specOf).inputs;
  return ports.find((port) => port.id === portId);
}

/** The input of a node that a wire from `from` should take: a free one first, else any that fits. */
export function inputFor(
  document: WorkflowDocument,
  specOf: SpecOf,
  from: PortRef,
  target: string,
): PortRef | null {
  const node = nodeById(document, target);
  if (!node) return null;
  const fitting = portsIn(document, node, specOf)
    .inputs.map((port): PortRef => [target, port.id])
    .filter((to) => refusal(document, specOf, from, to) === null);
  const taken = new Set(edgesInto(document, target).map((edge) => edge.to[1]));
  return fitting.find((to) => !taken.has(to[1])) ?? fitting[0] ?? null;
}

/** The output of a node from which a wire to `to` should come. */
export function outputFor(
  document: WorkflowDocument,
  specOf: SpecOf,
  source: string,
  to: PortRef,
): PortRef | null {
  const node = nodeById(document, source);
  if (!node) return null;
  const refs = offeredOutputs(document, node, specOf).map((port): PortRef => [source, port.id]);
  return refs.find((from) => refusal(document, specOf, from, to) === null) ?? null;
}

export function connect(document: WorkflowDocument, edge: WorkflowEdge): WorkflowDocument {
  const key = edgeKey(edge);
  if (document.edges.some((other) => edgeKey(other) === key)) return document;
  return { ...document, edges: [...document.edges, edge] };
}

export function disconnect(
  document: WorkflowDocument,
  keys: ReadonlySet<string>,
): WorkflowDocument {
  const edges = document.edges.filter((edge) => !keys.has(edgeKey(edge)));
  return edges.length === document.edges.length ? document : { ...document, edges };
}
