// What a map of the whole graph shows: the nodes in sight, tiles of folded groups, frames and notes.

import { NODE_HEIGHT, NODE_WIDTH, type Rect } from "./geometry";
import { type Folds, foldedInto, groupRect, groupsOf, isFolded } from "./groups";
import type { WorkflowDocument, XY } from "./types";

export type MapView = {
  /** Each with the nodes whose state it shows. */
  readonly tiles: readonly { readonly rect: Rect; readonly nodes: readonly string[] }[];
  /** Open groups and notes, which lie behind. */
  readonly areas: readonly Rect[];
  /** Around everything, the origin among it. */
  readonly bounds: Rect;
};

export function mapOf(document: WorkflowDocument, folds: Folds): MapView {
  const folded = foldedInto(document, folds);
  const rects = new Map(document.nodes.map(({ id, position }) => [id, cardAt(position)]));
  const cards = document.nodes.filter(({ id }) => !folded.has(id));
  const groups = groupsOf(document).map((group) => {
    const isTile = isFolded(group, folds);
    const members = group.nodes.flatMap((id) => rects.get(id) ?? []);
    return { rect: groupRect(members, isTile), nodes: group.nodes, isTile };
  });
  const notes = (document.notes ?? []).map(({ position, size }) => rectAt(position, size));
  const tiles = [
    ...cards.map(({ id, position }) => ({ rect: cardAt(position), nodes: [id] })),
    ...groups.filter(({ isTile }) => isTile).map(({ rect, nodes }) => ({ rect, nodes })),
  ];
  const areas = [...groups.filter(({ isTile }) => !isTile).map(({ rect }) => rect), ...notes];
  return { tiles, areas, bounds: around([...tiles.map(({ rect }) => rect), ...areas]) };
}

const rectAt = ([x, y]: XY, [width, height]: XY): Rect => ({ x, y, width, height });
const cardAt = (place: XY): Rect => rectAt(place, [NODE_WIDTH, NODE_HEIGHT]);

function around(rects: readonly Rect[]): Rect {
  const x = Math.min(0, ...rects.map((rect) => rect.x));
  const y = Math.min(0, ...rects.map((rect) => rect.y));
  const right = Math.max(NODE_WIDTH, ...rects.map((rect) => rect.x + rect.width));
  const bottom = Math.max(NODE_HEIGHT, ...rects.map((rect) => rect.y + rect.height));
  return { x, y, width: right - x, height: bottom - y };
}
