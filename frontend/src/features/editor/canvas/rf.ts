// All that we use of React Flow, so that its next major version is a change of this file.

import "@xyflow/react/dist/base.css";

import {
  type Edge,
  type Node,
  type NodeHandle,
  Position,
  useReactFlow,
  useStoreApi,
} from "@xyflow/react";
import { useMemo } from "react";
import type { NodeSpec } from "@/api/types";
import { preferences } from "@/lib/preferences";
import type { NodeGeometry, PortPlace } from "../model/geometry";
import type {
  PortKind,
  WorkflowEdge,
  WorkflowGroup,
  WorkflowNode,
  WorkflowNote,
  XY,
} from "../model/types";

export {
  Background,
  BackgroundVariant,
  BaseEdge,
  EdgeLabelRenderer,
  type EdgeProps,
  type EdgeTypes,
  getBezierPath,
  Handle,
  type NodeProps,
  type NodeTypes,
  type OnConnectEnd,
  type OnConnectStart,
  type OnEdgesChange,
  type OnNodesChange,
  Position,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useStoreApi as useFlowStore,
  useViewport,
  ViewportPortal,
} from "@xyflow/react";

export type CardData = {
  readonly node: WorkflowNode;
  /** Undefined where the node's package is not installed. */
  readonly spec: NodeSpec | undefined;
  readonly geometry: NodeGeometry;
};

export type CardNode = Node<CardData, "card">;
export type StickyNode = Node<{ readonly note: WorkflowNote }, "note">;
export type FrameNode = Node<
  { readonly group: WorkflowGroup; readonly folded: boolean },
  "group-frame"
>;
export type CanvasNode = CardNode | StickyNode | FrameNode;
export type WireData = {
  readonly edge: WorkflowEdge;
  readonly isError: boolean;
  /** For a wire that leads back in a loop: the height below all that it goes round. */
  readonly below: number | null;
  /** What a wire to an agent lends it; null for a wire that carries items. */
  readonly kind: PortKind | null;
};
export type WireEdge = Edge<WireData, "wire">;

export const EDGE_CURVATURE = 0.28;
export const HANDLE_SIZE = 11;

const POSITIONS = {
  left: Position.Left,
  right: Position.Right,
  top: Position.Top,
  bottom: Position.Bottom,
} as const;

export const positionOf = (place: PortPlace): Position => POSITIONS[place.side];

/** Where wires to and from the members of a folded group end. */
export const FOLDED_PORTS = { in: "in", out: "out" } as const;

export function foldedHandles(width: number, height: number): NodeHandle[] {
  const size = { y: height / 2 - HANDLE_SIZE / 2, width: HANDLE_SIZE, height: HANDLE_SIZE };
  return [
    { ...size, id: FOLDED_PORTS.in, type: "target", position: Position.Left, x: -HANDLE_SIZE / 2 },
    {
      ...size,
      id: FOLDED_PORTS.out,
      type: "source",
      position: Position.Right,
      x: width - HANDLE_SIZE / 2,
    },
  ];
}

/** Handles as declared facts, so that the library need not measure them (rule R1). */
export function handlesOf(geometry: NodeGeometry): NodeHandle[] {
  return geometry.places.map((place) => ({
    id: place.port.id,
    type: place.role,
    position: positionOf(place),
    x: place.x - HANDLE_SIZE / 2,
    y: place.y - HANDLE_SIZE / 2,
    width: HANDLE_SIZE,
    height: HANDLE_SIZE,
  }));
}

export type Camera = {
  readonly fit: (elements?: readonly string[]) => void;
  readonly zoomBy: (factor: number) => void;
  readonly zoomTo: (zoom: number) => void;
  /** Brings a place of the canvas into the middle where it is out of sight. */
  readonly reveal: (place: XY, size: XY) => void;
  readonly toCanvas: (screen: XY) => XY;
  readonly centre: () => XY;
};

const FLIGHT_MS = 250;
const FIT_PADDING = 0.15;
export const MIN_ZOOM = 0.1;
export const MAX_ZOOM = 2;

const isCalm = (): boolean =>
  preferences().lessMotion || matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The camera over the canvas. Flights last 250 ms, none where motion is unwelcome. */
export function useCamera(): Camera {
  const flow = useReactFlow();
  const store = useStoreApi();
  return useMemo(() => {
    const flight = () => ({ duration: isCalm() ? 0 : FLIGHT_MS });
    const toCanvas = ([x, y]: XY): XY => {
      const place = flow.screenToFlowPosition({ x, y }, { snapToGrid: false });
      return [place.x, place.y];
    };
    const centre = (): XY => {
      const { width, height, transform } = store.getState();
      const [x, y, zoom] = transform;
      return [(width / 2 - x) / zoom, (height / 2 - y) / zoom];
    };
    const isVisible = ([x, y]: XY, [width, height]: XY): boolean => {
      const { width: paneWidth, height: paneHeight, transform } = store.getState();
      const [panX, panY, zoom] = transform;
      const left = x * zoom + panX;
      const top = y * zoom + panY;
      return (
        left >= 0 &&
        top >= 0 &&
        left + width * zoom <= paneWidth &&
        top + height * zoom <= paneHeight
      );
    };
    return {
      fit: (elements) =>
        void flow.fitView({
          ...flight(),
          padding: FIT_PADDING,
          maxZoom: 1,
          ...(elements ? { nodes: elements.map((id) => ({ id })) } : {}),
        }),
      zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, flight()),
      zoomTo: (zoom) => void flow.zoomTo(zoom, flight()),
      reveal: (place, size) => {
        if (isVisible(place, size)) return;
        const [x, y] = [place[0] + size[0] / 2, place[1] + size[1] / 2];
        void flow.setCenter(x, y, { ...flight(), zoom: flow.getZoom() });
      },
      toCanvas,
      centre,
    };
  }, [flow, store]);
}
