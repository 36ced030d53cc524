// Tidying up: a layered layout from left to right that keeps its anchor node where it is. Sub-nodes stand
// in a row below their agent, and the layout keeps room for them.

import { graphlib, layout } from "@dagrejs/dagre";
import { NODE_DISTANCE, ROW_DISTANCE, SUB_DISTANCE, SUB_GAP } from "./geometry";
import type { XY } from "./types";

export type TidyNode = {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
};

export type TidyRequest = {
  readonly nodes: readonly TidyNode[];
  readonly edges: readonly (readonly [from: string, to: string])[];
  /** Capability wires, from the sub-node to its agent. */
  readonly bonds?: readonly (readonly [sub: string, agent: string])[];
};

type Block = {
  readonly node: TidyNode;
  readonly subs: readonly Block[];
  readonly width: number;
  readonly height: number;
};

/** New top left corners. The topmost leftmost node does not move. */
export function tidy(request: TidyRequest): readonly (readonly [id: string, place: XY])[] {
  const { edges } = request;
  const blocks = blocksOf(request);
  const nodes = blocks.map(({ node }) => node);
  const anchor = [...nodes].sort((a, b) => a.x - b.x || a.y - b.y)[0];
  if (!anchor) return [];
  const graph = new graphlib.Graph({ multigraph: true });
  // The other rankers are up to ten times slower on a thousand nodes (design: editor, pitfall 4).
  graph.setGraph({
    rankdir: "LR",
    ranker: "tight-tree",
    nodesep: ROW_DISTANCE,
    ranksep: NODE_DISTANCE,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set(nodes.map((node) => node.id));
  for (const { node, width, height } of blocks) graph.setNode(node.id, { width, height });
  for (const [from, to] of edges) if (known.has(from) && known.has(to)) graph.setEdge(from, to);
  layout(graph);
  const placed = blocks.flatMap((block) => {
    const { x, y } = graph.node(block.node.id);
    return placesIn(block, [x - block.width / 2, y - block.height / 2]);
  });
  const [anchorX, anchorY] = new Map(placed).get(anchor.id) ?? [0, 0];
  return placed.map(
    ([id, [x, y]]) => [id, [x - anchorX + anchor.x, y - anchorY + anchor.y] as XY] as const,
  );
}

/** Every node outside a slot, with what hangs below it. A node that serves two agents hangs at the first. */
function blocksOf({ nodes, bonds = [] }: TidyRequest): readonly Block[] {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const agentOf = new Map<string, string>();
  for (const [sub, agent] of bonds)
    if (known.has(sub) && known.has(agent) && !agentOf.has(sub)) agentOf.set(sub, agent);
  const blockOf = (node: TidyNode): Block => {
    const hanging = nodes.filter(({ id }) => agentOf.get(id) === node.id);
    const subs = hanging.sort((a, b) => a.x - b.x).map(blockOf);
    if (subs.length === 0) return { node, subs, width: node.width, height: node.height };
    const below = Math.max(...subs.map(({ height }) => height));
    return {
      node,
      subs,
      width: Math.max(node.width, rowWidth(subs)),
      height: node.height + SUB_DISTANCE + below,
    };
  };
  return nodes.filter(({ id }) => !agentOf.has(id)).map(blockOf);
}

const rowWidth = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { width }) => sum + width + SUB_GAP, -SUB_GAP);

function placesIn(block: Block, [x, y]: XY): readonly (readonly [id: string, place: XY])[] {
  const { node, subs, width } = block;
  let left = x + (width - rowWidth(subs)) / 2;
  const below = subs.flatMap((sub) => {
    const places = placesIn(sub, [left, y + node.height + SUB_DISTANCE]);
    left += sub.width + SUB_GAP;
    return places;
  });
  return [[node.id, [x + (width - node.width) / 2, y]], ...below];
}
