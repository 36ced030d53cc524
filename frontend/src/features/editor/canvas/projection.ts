// The document as React Flow wants it. What did not change stays the same object, so that only the
// cards concerned render again.

import { type NodeGeometry, nodeGeometry } from "../model/geometry";
import { edgesInto, edgesOutOf } from "../model/graph";
import { ERROR_PORT, portsIn } from "../model/ports";
import {
  edgeKey,
  type SpecOf,
  type WorkflowDocument,
  type WorkflowEdge,
  type WorkflowNode,
  type XY,
} from "../model/types";
import { noteElement, type Selection } from "../selection";
import { type CanvasNode, type CardNode, handlesOf, type StickyNode, type WireEdge } from "./rf";

/** Where elements are while they are dragged, and how large while they are resized. */
export type Preview = {
  readonly places: ReadonlyMap<string, XY>;
  readonly sizes: ReadonlyMap<string, XY>;
};

export const NO_PREVIEW: Preview = { places: new Map(), sizes: new Map() };

const NOTE_Z = -1;
const SILENT = { "aria-roledescription": undefined } as const;

type Kept<T> = ReadonlyMap<string, { readonly facts: readonly unknown[]; readonly value: T }>;

export class Projection {
  #nodes: Kept<CanvasNode> = new Map();
  #edges: Kept<WireEdge> = new Map();
  #geometries = new Map<string, NodeGeometry>();

  nodes(
    document: WorkflowDocument,
    specOf: SpecOf,
    selection: Selection,
    preview: Preview,
  ): CanvasNode[] {
    const next = new Map<string, { facts: readonly unknown[]; value: CanvasNode }>();
    const keep = (id: string, facts: readonly unknown[], build: () => CanvasNode) => {
      next.set(id, { facts, value: kept(this.#nodes, id, facts) ?? build() });
    };
    for (const note of document.notes ?? []) {
      const id = noteElement(note.id);
      const place = preview.places.get(id) ?? note.position;
      const size = preview.sizes.get(id) ?? note.size;
      const selected = selection.elements.has(id);
      keep(id, [note, selected, ...place, ...size], () =>
        stickyNode(id, note, selected, place, size),
      );
    }
    for (const node of document.nodes) {
      const geometry = this.#geometryOf(document, node, specOf);
      const spec = specOf(node.type);
      const selected = selection.elements.has(node.id);
      const place = preview.places.get(node.id) ?? node.position;
      keep(node.id, [node, spec, geometry, selected, ...place], () =>
        cardNode({ node, spec, geometry }, selected, place),
      );
    }
    this.#nodes = next;
    return [...next.values()].map(({ value }) => value);
  }

  edges(document: WorkflowDocument, selection: Selection): WireEdge[] {
    const next = new Map<string, { facts: readonly unknown[]; value: WireEdge }>();
    for (const edge of document.edges) {
      const id = edgeKey(edge);
      const selected = selection.edges.has(id);
      const facts = [edge, selected];
      next.set(id, { facts, value: kept(this.#edges, id, facts) ?? wireEdge(id, edge, selected) });
    }
    this.#edges = next;
    return [...next.values()].map(({ value }) => value);
  }

  /** One object per set of ports, whatever node has them. */
  #geometryOf(document: WorkflowDocument, node: WorkflowNode, specOf: SpecOf): NodeGeometry {
    const ports = portsIn(document, node, specOf);
    const key = JSON.stringify([ports.inputs, ports.outputs]);
    const geometry = this.#geometries.get(key) ?? nodeGeometry(ports);
    this.#geometries.set(key, geometry);
    return geometry;
  }
}

function kept<T>(before: Kept<T>, id: string, facts: readonly unknown[]): T | undefined {
  const known = before.get(id);
  return known && isSame(known.facts, facts) ? known.value : undefined;
}

const isSame = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);

function cardNode(data: CardNode["data"], selected: boolean, [x, y]: XY): CardNode {
  const { width, height } = data.geometry;
  return {
    id: data.node.id,
    type: "card",
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: handlesOf(data.geometry),
    selected,
    // The card inside is what assistive software meets; the library's frame around it is silent.
    domAttributes: SILENT,
    data,
  };
}

function stickyNode(
  id: string,
  note: StickyNode["data"]["note"],
  selected: boolean,
  [x, y]: XY,
  [width, height]: XY,
): StickyNode {
  const measured = { width, height };
  const place = { id, type: "note", position: { x, y }, width, height, measured } as const;
  return {
    ...place,
    domAttributes: SILENT,
    handles: [],
    zIndex: NOTE_Z,
    connectable: false,
    selected,
    data: { note },
  };
}

function wireEdge(id: string, edge: WorkflowEdge, selected: boolean): WireEdge {
  const [source, sourceHandle] = edge.from;
  const [target, targetHandle] = edge.to;
  const data = { edge, isError: sourceHandle === ERROR_PORT };
  const domAttributes = { "aria-hidden": true } as const;
  return {
    domAttributes,
    id,
    type: "wire",
    source,
    sourceHandle,
    target,
    targetHandle,
    selected,
    data,
  };
}

/** How many wires a node has at each side, for its spoken name. */
export function wireCounts(document: WorkflowDocument, node: string) {
  return { inputs: edgesInto(document, node).length, outputs: edgesOutOf(document, node).length };
}
