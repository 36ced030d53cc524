// Tidying up: a layered layout from left to right that keeps its anchor node where it is.

import { graphlib, layout } from "@dagrejs/dagre";
import { NODE_DISTANCE, ROW_DISTANCE } from "./geometry";
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
};

/** New top left corners. The topmost leftmost node does not move. */
export function tidy({ nodes, edges }: TidyRequest): readonly (readonly [id: string, place: XY])[] {
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
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  for (const [from, to] of edges) if (known.has(from) && known.has(to)) graph.setEdge(from, to);
  layout(graph);
  const corner = ({ id, width, height }: TidyNode): XY => {
    const { x, y } = graph.node(id);
    return [x - width / 2, y - height / 2];
  };
  const [anchorX, anchorY] = corner(anchor);
  return nodes.map((node) => {
    const [x, y] = corner(node);
    return [node.id, [x - anchorX + anchor.x, y - anchorY + anchor.y] as XY] as const;
  });
}
