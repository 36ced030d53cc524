// How large a node is and where its ports sit. Both follow from its ports alone and never from what
// it shows, so that the canvas needs no measuring (rule R1 of the canvas).

import { ERROR_PORT } from "./ports";
import type { NodePorts, Port, XY } from "./types";

export const GRID = 20;
export const NODE_WIDTH = 232;
export const NODE_HEIGHT = 92;
export const SLOT_ROW_HEIGHT = 28;
/** Room for what an agent is saying, in every agent whether it speaks or not. */
export const STREAM_HEIGHT = 50;
/** A sub-node: a pill below its agent. */
export const SUB_WIDTH = 168;
export const SUB_HEIGHT = 52;
/** Free room between an agent and its sub-nodes, and between two of these. */
export const SUB_DISTANCE = 56;
export const SUB_GAP = 20;
export const PORT_GAP = 22;
/** Free room between two nodes of a chain. */
export const NODE_DISTANCE = 88;
export const ROW_DISTANCE = 48;

const PORTS_IN_BASE_HEIGHT = 3;

export type PortSide = "left" | "right" | "top" | "bottom";

export type PortPlace = {
  readonly port: Port;
  readonly side: PortSide;
  readonly role: "source" | "target";
  readonly isError: boolean;
  /** Centre, from the node's top left corner. */
  readonly x: number;
  readonly y: number;
};

export type NodeGeometry = {
  readonly width: number;
  readonly height: number;
  readonly places: readonly PortPlace[];
  /** Capability inputs such as an agent's model; they get a row of their own at the bottom. */
  readonly slots: readonly Port[];
  /** Nothing flows through it: it hangs below an agent. */
  readonly isSub: boolean;
};

const isMain = (port: Port): boolean => port.kind === "main";
const isSlot = (port: Port): boolean => port.kind !== "main";

export function nodeGeometry(ports: NodePorts): NodeGeometry {
  const left = ports.inputs.filter(isMain);
  const right = ports.outputs.filter(isMain);
  const slots = ports.inputs.filter(isSlot);
  const extra = Math.max(
    0,
    left.length - PORTS_IN_BASE_HEIGHT,
    right.length - PORTS_IN_BASE_HEIGHT,
  );
  const tops = ports.outputs.filter(isSlot);
  const isSub = left.length + right.length === 0 && tops.length > 0;
  const speaks = !isSub && slots.length > 0;
  const width = isSub ? SUB_WIDTH : NODE_WIDTH;
  const body = (isSub ? SUB_HEIGHT : NODE_HEIGHT) + extra * PORT_GAP + (speaks ? STREAM_HEIGHT : 0);
  const height = body + (slots.length > 0 ? SLOT_ROW_HEIGHT : 0);
  const places = [
    ...column(left, "left", 0, body),
    ...column(right, "right", NODE_WIDTH, body),
    ...row(slots, "bottom", width, height),
    ...row(tops, "top", width, 0),
  ];
  return { width, height, places, slots, isSub };
}

function column(ports: readonly Port[], side: "left" | "right", x: number, height: number) {
  const first = height / 2 - ((ports.length - 1) * PORT_GAP) / 2;
  return ports.map((port, index): PortPlace => {
    const role = side === "left" ? "target" : "source";
    const isError = role === "source" && port.id === ERROR_PORT;
    return { port, side, role, isError, x, y: first + index * PORT_GAP };
  });
}

/** Each port takes as much of the edge as its label needs. */
function row(ports: readonly Port[], side: "top" | "bottom", width: number, y: number) {
  const role = side === "bottom" ? "target" : "source";
  const all = sum(ports.map(slotShare));
  return ports.map((port, index): PortPlace => {
    const before = sum(ports.slice(0, index).map(slotShare));
    const x = (width * (before + slotShare(port) / 2)) / all;
    return { port, side, role, isError: false, x, y };
  });
}

const PADDING_LETTERS = 3;

/** How much room a slot takes beside the others: its letters and some air. */
export const slotShare = ({ label, id }: Port): number => (label || id).length + PADDING_LETTERS;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

export function snap([x, y]: XY): XY {
  return [Math.round(x / GRID) * GRID, Math.round(y / GRID) * GRID];
}

export type Rect = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export function overlaps(a: Rect, b: Rect, margin = 0): boolean {
  return (
    a.x < b.x + b.width + margin &&
    b.x < a.x + a.width + margin &&
    a.y < b.y + b.height + margin &&
    b.y < a.y + a.height + margin
  );
}

/** The wanted place, or the nearest one below it where nothing is in the way. */
export function freePlace(
  wanted: XY,
  taken: readonly Rect[],
  height = NODE_HEIGHT,
  width = NODE_WIDTH,
): XY {
  const [x, startY] = snap(wanted);
  let y = startY;
  const blocked = () => taken.some((rect) => overlaps({ x, y, width, height }, rect, GRID / 2));
  while (blocked()) y += GRID;
  return [x, y];
}
