// The document as React Flow wants it. What did not change stays the same object, so that only the
// cards concerned render again.

import { isCapabilityEdge, kindOfEnd } from "../model/capabilities";
import {
  NODE_HEIGHT,
  NODE_WIDTH,
  type NodeGeometry,
  nodeGeometry,
  type Rect,
} from "../model/geometry";
import { edgesInto, edgesOutOf } from "../model/graph";
import { type Folds, foldedInto, groupRect, groupsOf, isFolded } from "../model/groups";
import { bodyOf, isBackEdge } from "../model/loops";
import { ERROR_PORT, portsIn } from "../model/ports";
import {
  edgeKey,
  nodeById,
  type SpecOf,
  type WorkflowDocument,
  type WorkflowEdge,
  type WorkflowNode,
  type XY,
} from "../model/types";
import { groupElement, noteElement, type Selection } from "../selection";
import {
  type CanvasNode,
  type CardNode,
  FOLDED_PORTS,
  type FrameNode,
  foldedHandles,
  handlesOf,
  type StickyNode,
  type WireData,
  type WireEdge,
} from "./rf";

/** Where elements are while they are dragged, and how large while they are resized. */
export type Preview = {
  readonly places: ReadonlyMap<string, XY>;
  readonly sizes: ReadonlyMap<string, XY>;
};

export const NO_PREVIEW: Preview = { places: new Map(), sizes: new Map() };

const GROUP_Z = -2;
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
    folds: Folds,
  ): CanvasNode[] {
    const folded = foldedInto(document, folds);
    const rects = new Map<string, Rect>();
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
      const { width, height } = geometry;
      rects.set(node.id, { x: place[0], y: place[1], width, height });
      if (folded.has(node.id)) continue;
      keep(node.id, [node, spec, geometry, selected, ...place], () =>
        cardNode({ node, spec, geometry }, selected, place),
      );
    }
    for (const group of groupsOf(document)) {
      const id = groupElement(group.id);
      const rect = groupRect(
        group.nodes.flatMap((member) => rects.get(member) ?? []),
        isFolded(group, folds),
      );
      const selected = selection.elements.has(id);
      const data = { group, folded: isFolded(group, folds) };
      const { x, y, width, height } = rect;
      keep(id, [group, selected, data.folded, x, y, width, height], () =>
        frameNode(id, data, selected, rect),
      );
    }
    this.#nodes = next;
    return [...next.values()].map(({ value }) => value);
  }

  edges(document: WorkflowDocument, selection: Selection, folds: Folds): WireEdge[] {
    const folded = foldedInto(document, folds);
    const next = new Map<string, { facts: readonly unknown[]; value: WireEdge }>();
    for (const edge of document.edges) {
      const id = edgeKey(edge);
      const selected = selection.edges.has(id);
      const [from, to] = [folded.get(edge.from[0]), folded.get(edge.to[0])];
      if (from !== undefined && from === to) continue;
      const below = from === undefined && to === undefined ? belowBody(document, edge) : null;
      const facts = [edge, selected, below, from, to];
      const value =
        kept(this.#edges, id, facts) ??
        atFolded(wireEdge(id, { edge, below }, selected), { from, to });
      next.set(id, { facts, value });
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

/** A frame lets the pointer through to what it is around; only its title and its tile catch it. */
function frameNode(
  id: string,
  data: FrameNode["data"],
  selected: boolean,
  { x, y, width, height }: Rect,
): FrameNode {
  const measured = { width, height };
  const place = { id, type: "group-frame", position: { x, y }, width, height, measured } as const;
  return {
    ...place,
    domAttributes: SILENT,
    handles: data.folded ? foldedHandles(width, height) : [],
    ...(data.folded ? {} : { style: { pointerEvents: "none" }, zIndex: GROUP_Z }),
    selectable: data.folded,
    connectable: false,
    selected,
    data,
  };
}

type FoldedEnds = { readonly from: string | undefined; readonly to: string | undefined };

/** A wire to or from a member of a folded group ends at the tile. */
function atFolded(wire: WireEdge, { from, to }: FoldedEnds): WireEdge {
  if (from === undefined && to === undefined) return wire;
  return {
    ...wire,
    ...(from === undefined ? {} : { source: groupElement(from), sourceHandle: FOLDED_PORTS.out }),
    ...(to === undefined ? {} : { target: groupElement(to), targetHandle: FOLDED_PORTS.in }),
  };
}

const BELOW_BODY = 36;

/** A wire that leads back to the left runs below the nodes that it goes round. */
function belowBody(document: WorkflowDocument, edge: WorkflowEdge): number | null {
  const [from, to] = [nodeById(document, edge.from[0]), nodeById(document, edge.to[0])];
  if (isCapabilityEdge(edge)) return null;
  if (!from || !to || to.position[0] > from.position[0] + NODE_WIDTH) return null;
  if (!isBackEdge(document, edge)) return null;
  const body = bodyOf(document, edge);
  const bottoms = document.nodes
    .filter(({ id }) => body.has(id))
    .map(({ position }) => position[1]);
  return Math.max(...bottoms) + NODE_HEIGHT + BELOW_BODY;
}

function wireEdge(
  id: string,
  { edge, below }: Pick<WireData, "edge" | "below">,
  selected: boolean,
): WireEdge {
  const [source, sourceHandle] = edge.from;
  const [target, targetHandle] = edge.to;
  const kind = isCapabilityEdge(edge) ? kindOfEnd(sourceHandle) : null;
  const data = { edge, isError: sourceHandle === ERROR_PORT, below, kind };
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
