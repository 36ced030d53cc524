// Which ports may be joined, and if not, why not.

import { edgesInto } from "./graph";
import { portsIn } from "./ports";
import {
  edgeKey,
  nodeById,
  type Port,
  type PortRef,
  type SpecOf,
  type WorkflowDocument,
  type WorkflowEdge,
} from "./types";

export type Refusal = "unknown_port" | "into_trigger" | "kinds_differ" | "duplicate";

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
  if (!ends) return "unknown_port";
  if (ends.source.kind !== ends.target.kind) return "kinds_differ";
  const key = edgeKey({ from, to });
  return document.edges.some((edge) => edgeKey(edge) === key) ? "duplicate" : null;
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
  return node && portsIn(document, node, specOf)[side].find((port) => port.id === portId);
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
  const refs = portsIn(document, node, specOf).outputs.map((port): PortRef => [source, port.id]);
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
