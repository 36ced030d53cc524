// The document seen as a graph: neighbours, reachability and reading order. Indexes are kept per edge list.

import type { WorkflowDocument, WorkflowEdge, WorkflowNode } from "./types";

type Index = {
  readonly into: ReadonlyMap<string, readonly WorkflowEdge[]>;
  readonly outOf: ReadonlyMap<string, readonly WorkflowEdge[]>;
};

const indexes = new WeakMap<readonly WorkflowEdge[], Index>();
const NONE: readonly WorkflowEdge[] = [];

function indexOf(edges: readonly WorkflowEdge[]): Index {
  const known = indexes.get(edges);
  if (known) return known;
  const index = {
    into: groupBy(edges, (edge) => edge.to[0]),
    outOf: groupBy(edges, (edge) => edge.from[0]),
  };
  indexes.set(edges, index);
  return index;
}

function groupBy<T>(
  list: readonly T[],
  keyOf: (value: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of list) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

export function edgesInto(document: WorkflowDocument, node: string): readonly WorkflowEdge[] {
  return indexOf(document.edges).into.get(node) ?? NONE;
}

export function edgesOutOf(document: WorkflowDocument, node: string): readonly WorkflowEdge[] {
  return indexOf(document.edges).outOf.get(node) ?? NONE;
}

export function parentsOf(document: WorkflowDocument, node: string): readonly string[] {
  return [...new Set(edgesInto(document, node).map((edge) => edge.from[0]))];
}

export function childrenOf(document: WorkflowDocument, node: string): readonly string[] {
  return [...new Set(edgesOutOf(document, node).map((edge) => edge.to[0]))];
}

/** Everything before a node, nearest first, itself left out. */
export function ancestorsOf(document: WorkflowDocument, node: string): readonly string[] {
  return walk(node, (id) => parentsOf(document, id));
}

/** Everything after a node, nearest first, itself left out. */
export function descendantsOf(document: WorkflowDocument, node: string): readonly string[] {
  return walk(node, (id) => childrenOf(document, id));
}

function walk(start: string, next: (id: string) => readonly string[]): readonly string[] {
  const seen = new Set([start]);
  const queue = [start];
  for (const id of queue) {
    for (const neighbour of next(id)) {
      if (!seen.has(neighbour)) {
        seen.add(neighbour);
        queue.push(neighbour);
      }
    }
  }
  return queue.slice(1);
}

/** Reading order: parents before children; among equals from top to bottom, left to right. */
export function topologicalOrder(document: WorkflowDocument): readonly WorkflowNode[] {
  const waiting = new Map(
    document.nodes.map((node) => [node.id, parentsOf(document, node.id).length]),
  );
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const ready = document.nodes.filter((node) => waiting.get(node.id) === 0).sort(byPlace);
  const order: WorkflowNode[] = [];
  const done = new Set<string>();
  while (order.length < document.nodes.length) {
    const node = ready.shift() ?? leftOver(document, done);
    if (done.has(node.id)) continue;
    done.add(node.id);
    order.push(node);
    const freed = childrenOf(document, node.id).filter((id) => lower(waiting, id) === 0);
    ready.unshift(...freed.flatMap((id) => nodes.get(id) ?? []).sort(byPlace));
  }
  return order;
}

function lower(counts: Map<string, number>, id: string): number {
  const count = (counts.get(id) ?? 0) - 1;
  counts.set(id, count);
  return count;
}

/** The next node of a cycle, which no order can place: the topmost one. */
function leftOver(document: WorkflowDocument, done: ReadonlySet<string>): WorkflowNode {
  const [first] = document.nodes.filter((node) => !done.has(node.id)).sort(byPlace);
  if (!first) throw new Error("Every node is already in the order.");
  return first;
}

export function byPlace(a: WorkflowNode, b: WorkflowNode): number {
  return a.position[1] - b.position[1] || a.position[0] - b.position[0] || a.id.localeCompare(b.id);
}

/** The ids of all nodes in reading order. The same document gives the same list. */
export function readingOrder(document: WorkflowDocument): readonly string[] {
  const known = orders.get(document);
  if (known) return known;
  const order = topologicalOrder(document).map(({ id }) => id);
  orders.set(document, order);
  return order;
}

const orders = new WeakMap<WorkflowDocument, readonly string[]>();
