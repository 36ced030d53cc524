// Edits that change the graph's shape: adding into it, deleting from it with the chain healed.

import { subNodesOf } from "./capabilities";
import { connect, disconnect, inputFor, outputFor, refusal } from "./connect";
import { addNode, moveNodes } from "./edit-nodes";
import {
  freePlace,
  NODE_DISTANCE,
  NODE_HEIGHT,
  NODE_WIDTH,
  type NodeGeometry,
  nodeGeometry,
  type Rect,
  SUB_DISTANCE,
  SUB_GAP,
  SUB_HEIGHT,
  SUB_WIDTH,
} from "./geometry";
import { descendantsOf, edgesInto, edgesOutOf } from "./graph";
import { joinNeighbours, withoutMembers } from "./groups";
import { pinsOf } from "./kept-pins";
import { portsIn } from "./ports";
import {
  edgeKey,
  nodeById,
  type PortRef,
  type SpecOf,
  type WorkflowDocument,
  type WorkflowEdge,
  type WorkflowNode,
  type XY,
} from "./types";

const STEP = NODE_WIDTH + NODE_DISTANCE;

export function geometryOf(
  document: WorkflowDocument,
  node: WorkflowNode,
  specOf: SpecOf,
): NodeGeometry {
  return nodeGeometry(portsIn(document, node, specOf));
}

function rectOf(document: WorkflowDocument, node: WorkflowNode, specOf: SpecOf): Rect {
  const { width, height } = geometryOf(document, node, specOf);
  return { x: node.position[0], y: node.position[1], width, height };
}

/** A free place to the right of an output, level with it where there is room. */
export function placeAfter(document: WorkflowDocument, specOf: SpecOf, from: PortRef): XY {
  const node = nodeById(document, from[0]);
  if (!node) return [0, 0];
  const { places, height } = geometryOf(document, node, specOf);
  const rights = places.filter((place) => place.side === "right");
  const index = Math.max(
    0,
    rights.findIndex((place) => place.port.id === from[1]),
  );
  const fan = (index - (rights.length - 1) / 2) * (NODE_HEIGHT + 2 * 24);
  const y = node.position[1] + (height - NODE_HEIGHT) / 2 + fan;
  return freePlace([node.position[0] + STEP, y], takenPlaces(document, specOf));
}

/** A free place for a sub-node: below the slot it is for, beside those that hang there. */
export function placeBelow(document: WorkflowDocument, specOf: SpecOf, [id, slot]: PortRef): XY {
  const node = nodeById(document, id);
  if (!node) return [0, 0];
  const { places, height } = geometryOf(document, node, specOf);
  const at = places.find(({ side, port }) => side === "bottom" && port.id === slot)?.x ?? 0;
  const hanging = subNodesOf(document, id, slot).length * (SUB_WIDTH + SUB_GAP);
  const wanted: XY = [
    node.position[0] + at - SUB_WIDTH / 2 + hanging,
    node.position[1] + height + SUB_DISTANCE,
  ];
  return freePlace(wanted, takenPlaces(document, specOf), SUB_HEIGHT, SUB_WIDTH);
}

export function takenPlaces(document: WorkflowDocument, specOf: SpecOf): readonly Rect[] {
  return document.nodes.map((node) => rectOf(document, node, specOf));
}

/** Adds a node and joins it behind an output; unjoined where no port fits. */
export function addAfter(
  document: WorkflowDocument,
  specOf: SpecOf,
  node: WorkflowNode,
  from: PortRef,
): WorkflowDocument {
  const added = addNode(document, node);
  const to = inputFor(added, specOf, from, node.id);
  return to ? connect(added, { from, to }) : added;
}

/** Adds a node and joins it before an input. */
export function addBefore(
  document: WorkflowDocument,
  specOf: SpecOf,
  node: WorkflowNode,
  to: PortRef,
): WorkflowDocument {
  const added = addNode(document, node);
  const from = outputFor(added, specOf, node.id, to);
  return from ? connect(added, { from, to }) : added;
}

/** Puts a node into an edge and makes room to the right. The node may be in the document already. */
export function insertOnEdge(
  document: WorkflowDocument,
  specOf: SpecOf,
  node: WorkflowNode,
  edge: WorkflowEdge,
): WorkflowDocument {
  const isNew = nodeById(document, node.id) === undefined;
  const added = isNew
    ? joinNeighbours(addNode(document, node), node.id, [edge.from[0], edge.to[0]])
    : document;
  const cut = disconnect(added, new Set([edgeKey(edge)]));
  const to = inputFor(cut, specOf, edge.from, node.id);
  if (!to) return document;
  const entered = connect(cut, { from: edge.from, to });
  const from = outputFor(entered, specOf, node.id, edge.to);
  const joined = from ? connect(entered, { from, to: edge.to }) : entered;
  return isNew ? makeRoom(joined, specOf, node, edge.to[0]) : joined;
}

/** Where a node put into this edge goes: one step behind its source. */
export function placeOnEdge(document: WorkflowDocument, edge: WorkflowEdge): XY {
  const source = nodeById(document, edge.from[0]);
  const target = nodeById(document, edge.to[0]);
  if (!source || !target) return [0, 0];
  const gap = target.position[0] - source.position[0];
  const x =
    gap >= 2 * STEP - NODE_DISTANCE ? source.position[0] + gap / 2 : source.position[0] + STEP;
  return [x, target.position[1]];
}

function makeRoom(
  document: WorkflowDocument,
  specOf: SpecOf,
  node: WorkflowNode,
  next: string,
): WorkflowDocument {
  const target = nodeById(document, next);
  if (!target || target.position[0] >= rectOf(document, node, specOf).x + NODE_WIDTH)
    return document;
  const shift = node.position[0] + STEP - target.position[0];
  const flowing = [next, ...descendantsOf(document, next)];
  const hanging = flowing.flatMap((id) => subNodesOf(document, id).map((sub) => sub.id));
  const moving = [...new Set([...flowing, ...hanging])];
  const places = moving.flatMap((id) => {
    const moved = nodeById(document, id);
    return moved ? [[id, [moved.position[0] + shift, moved.position[1]] as XY] as const] : [];
  });
  return moveNodes(document, new Map(places));
}

/** Deletes nodes; with `heal`, what stood before each is joined to what stood behind it. */
export function deleteNodes(
  document: WorkflowDocument,
  specOf: SpecOf,
  ids: ReadonlySet<string>,
  heal = true,
): WorkflowDocument {
  let next = document;
  for (const id of ids) next = deleteNode(next, specOf, id, heal);
  return next;
}

function deleteNode(document: WorkflowDocument, specOf: SpecOf, id: string, heal: boolean) {
  const node = nodeById(document, id);
  if (!node) return document;
  const bridges = heal ? bridgesOver(document, specOf, node) : [];
  const without: WorkflowDocument = {
    ...document,
    nodes: document.nodes.filter((other) => other.id !== id),
    edges: document.edges.filter((edge) => edge.from[0] !== id && edge.to[0] !== id),
    ...pinsOf(document, (other) => other !== id),
    ...(document.groups ? { groups: withoutMembers(document, new Set([id])) } : {}),
  };
  return bridges.reduce(
    (healed, edge) =>
      edge.from[0] === edge.to[0] || refusal(healed, specOf, edge.from, edge.to)
        ? healed
        : connect(healed, edge),
    without,
  );
}

/** Only the way through a node's first main input and output is healed; branches end with it. */
function bridgesOver(document: WorkflowDocument, specOf: SpecOf, node: WorkflowNode) {
  const ports = portsIn(document, node, specOf);
  const input = ports.inputs.find((port) => port.kind === "main")?.id;
  const output = ports.outputs.find((port) => port.kind === "main")?.id;
  const before = edgesInto(document, node.id).filter((edge) => edge.to[1] === input);
  const after = edgesOutOf(document, node.id).filter((edge) => edge.from[1] === output);
  return before.flatMap(({ from }) => after.map(({ to }): WorkflowEdge => ({ from, to })));
}
