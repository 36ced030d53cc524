// The words in which the editor speaks of a workflow. The wire types live in src/api/types.ts.

import type { NodeSpec, Port, WorkflowDocument, WorkflowEdge, WorkflowNode } from "@/api/types";

export type {
  Item,
  JsonObject,
  JsonValue,
  NodeSettings,
  NodeSpec,
  PatchOperation,
  PinFacts,
  Port,
  PortKind,
  PortSource,
  Problem,
  WorkflowDocument,
  WorkflowEdge,
  WorkflowGroup,
  WorkflowNode,
  WorkflowNote,
} from "@/api/types";

/** Canvas coordinates of an element's top left corner. */
export type XY = readonly [x: number, y: number];

/** One port of one node, as an edge names it. */
export type PortRef = readonly [node: string, port: string];

/** What a document edit is: a document in, a document out. The same object means no change. */
export type Recipe = (document: WorkflowDocument) => WorkflowDocument;

/** Looks up what a node type declares; `undefined` where its package is not installed. */
export type SpecOf = (type: string) => NodeSpec | undefined;

/** The ports that a node has with its present parameters and settings. */
export type NodePorts = {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
};

/** Names an edge for good: `source:port>target:port`. Two equal edges cannot exist. */
export function edgeKey(edge: WorkflowEdge): string {
  return `${edge.from[0]}:${edge.from[1]}>${edge.to[0]}:${edge.to[1]}`;
}

export function nodeById(document: WorkflowDocument, id: string): WorkflowNode | undefined {
  return document.nodes.find((node) => node.id === id);
}

/** Copies a list only where an element changed, so that an edit without effect is no edit. */
export function mapSame<T>(list: readonly T[], change: (value: T) => T): readonly T[] {
  let changed = false;
  const next = list.map((value) => {
    const result = change(value);
    changed ||= result !== value;
    return result;
  });
  return changed ? next : list;
}
