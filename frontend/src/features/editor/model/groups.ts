// Groups: titled frames around nodes that move together and fold into one tile. A frame has no place
// of its own, it follows its members; a node is in one group at most, the first that names it.

import { GRID, NODE_HEIGHT, NODE_WIDTH, type Rect } from "./geometry";
import { freshId } from "./names";
import type { WorkflowDocument, WorkflowGroup, XY } from "./types";

export const GROUP_COLORS = ["violet", "blue", "teal", "amber", "pink", "slate"] as const;

const PADDING = GRID;
const TITLE_HEIGHT = 2 * GRID;
const NO_GROUPS: readonly WorkflowGroup[] = [];

/** The document's groups with the members that are there; empty ones are left out. */
export function groupsOf(document: WorkflowDocument): readonly WorkflowGroup[] {
  if (!document.groups || document.groups.length === 0) return NO_GROUPS;
  const free = new Set(document.nodes.map(({ id }) => id));
  return document.groups.flatMap((group) => {
    const nodes = group.nodes.filter((id) => free.delete(id));
    if (nodes.length === 0) return [];
    return nodes.length === group.nodes.length ? [group] : [{ ...group, nodes }];
  });
}

export function groupById(document: WorkflowDocument, id: string): WorkflowGroup | undefined {
  return groupsOf(document).find((group) => group.id === id);
}

export function groupAround(document: WorkflowDocument, node: string): WorkflowGroup | undefined {
  return groupsOf(document).find(({ nodes }) => nodes.includes(node));
}

/** Groups that are shown otherwise than the document says, because one may only look. */
export type Folds = ReadonlyMap<string, boolean>;

export const isFolded = (group: WorkflowGroup, folds: Folds): boolean =>
  folds.get(group.id) ?? group.collapsed ?? false;

/** For each node that is out of sight: the folded group that stands for it. */
export function foldedInto(document: WorkflowDocument, folds: Folds): ReadonlyMap<string, string> {
  const folded = groupsOf(document).filter((group) => isFolded(group, folds));
  return new Map(folded.flatMap(({ id, nodes }) => nodes.map((node) => [node, id] as const)));
}

/** The frame around its members, or the tile that stands for them. */
export function groupRect(members: readonly Rect[], folded: boolean): Rect {
  const left = Math.min(...members.map(({ x }) => x));
  const top = Math.min(...members.map(({ y }) => y));
  if (folded) return { x: left, y: top, width: NODE_WIDTH, height: NODE_HEIGHT };
  const right = Math.max(...members.map(({ x, width }) => x + width));
  const bottom = Math.max(...members.map(({ y, height }) => y + height));
  return {
    x: left - PADDING,
    y: top - TITLE_HEIGHT,
    width: right - left + 2 * PADDING,
    height: bottom - top + TITLE_HEIGHT + PADDING,
  };
}

/** The top left corner of a group's frame or tile; it follows from its members' places alone. */
export function groupCorner(document: WorkflowDocument, group: WorkflowGroup, folded: boolean): XY {
  const members = new Set(group.nodes);
  const places = document.nodes.filter(({ id }) => members.has(id));
  const points = places.map(({ position: [x, y] }) => ({ x, y, width: 0, height: 0 }));
  const { x, y } = groupRect(points, folded);
  return [x, y];
}

/** Where a group's members are once its frame or tile was moved by this much. */
export function movedMembers(
  document: WorkflowDocument,
  group: WorkflowGroup,
  [dx, dy]: XY,
): ReadonlyMap<string, XY> {
  const members = new Set(group.nodes);
  return new Map(
    document.nodes
      .filter(({ id }) => members.has(id))
      .map(({ id, position: [x, y] }) => [id, [x + dx, y + dy] as XY] as const),
  );
}

export function newGroup(title: string, nodes: readonly string[]): WorkflowGroup {
  return { id: freshId(), title, color: GROUP_COLORS[0], nodes, collapsed: false };
}

/** Adds a group; its members leave the groups they were in. */
export function addGroup(document: WorkflowDocument, group: WorkflowGroup): WorkflowDocument {
  const taken = new Set(group.nodes);
  return { ...document, groups: [...withoutMembers(document, taken), group] };
}

/** Nodes leave their groups; a group without nodes goes. */
export function withoutMembers(
  document: WorkflowDocument,
  leaving: ReadonlySet<string>,
): readonly WorkflowGroup[] {
  return groupsOf(document).flatMap((group) => {
    const nodes = group.nodes.filter((id) => !leaving.has(id));
    if (nodes.length === group.nodes.length) return [group];
    return nodes.length > 0 ? [{ ...group, nodes }] : [];
  });
}

export function removeGroups(
  document: WorkflowDocument,
  ids: ReadonlySet<string>,
): WorkflowDocument {
  const groups = (document.groups ?? []).filter(({ id }) => !ids.has(id));
  return groups.length === (document.groups ?? []).length ? document : { ...document, groups };
}

export function changeGroup(
  document: WorkflowDocument,
  id: string,
  change: Partial<Omit<WorkflowGroup, "id">>,
): WorkflowDocument {
  const groups = groupsOf(document).map((group) =>
    group.id === id ? { ...group, ...change } : group,
  );
  return { ...document, groups };
}

/** A node that came between two members of one group belongs to it. */
export function joinNeighbours(
  document: WorkflowDocument,
  node: string,
  [before, after]: readonly [string, string],
): WorkflowDocument {
  const group = groupAround(document, before);
  if (!group?.nodes.includes(after)) return document;
  return changeGroup(document, group.id, { nodes: [...group.nodes, node] });
}
