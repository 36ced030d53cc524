// The graph as a reading list: nodes in order, branches nested under the output they leave by, and what is
// attached to an agent under the slot it fills.

import { attachedTo, isAttached, subNodesOf } from "./capabilities";
import { childrenOf, edgesInto, topologicalOrder } from "./graph";
import { portsIn } from "./ports";
import {
  nodeById,
  type Port,
  type SpecOf,
  type WorkflowDocument,
  type WorkflowEdge,
  type WorkflowNode,
} from "./types";

export type OutlineRow =
  | {
      readonly kind: "node";
      readonly id: string;
      readonly depth: number;
      readonly node: WorkflowNode;
      /** Names of the nodes that follow. */
      readonly next: readonly string[];
    }
  | {
      readonly kind: "branch";
      readonly id: string;
      readonly depth: number;
      readonly label: string;
    };

/** The outputs taken from the start to a node, as `node:port`, branching nodes only. */
type BranchPath = readonly string[];

export function outlineOf(document: WorkflowDocument, specOf: SpecOf): readonly OutlineRow[] {
  const order = topologicalOrder(document).filter(({ id }) => !isAttached(document, id));
  const branches = new Map(order.map((node) => [node.id, branchesOf(document, node, specOf)]));
  const paths = pathsOf(document, order, branches);
  const members = new Map<string, WorkflowNode[]>();
  for (const node of order) {
    const key = (paths.get(node.id) ?? []).join("/");
    members.set(key, [...(members.get(key) ?? []), node]);
  }
  const listed = new Set<string>();
  const membersAt = (path: BranchPath) => members.get(path.join("/")) ?? [];
  const rowsAt = (path: BranchPath, depth: number): readonly OutlineRow[] =>
    membersAt(path).flatMap((node) => [
      { kind: "node", id: node.id, depth, node, next: nextNames(document, node) },
      ...slotRows(document, specOf, node, depth + 1, listed),
      ...(branches.get(node.id) ?? []).flatMap((port) => branchRows(path, node, port, depth + 1)),
    ]);
  const branchRows = (path: BranchPath, node: WorkflowNode, port: Port, depth: number) => {
    const inner = [...path, `${node.id}:${port.id}`];
    if (membersAt(inner).length === 0) return [];
    const head: OutlineRow = {
      kind: "branch",
      id: inner.join("/"),
      depth,
      label: port.label || port.id,
    };
    return [head, ...rowsAt(inner, depth + 1)];
  };
  return rowsAt([], 0);
}

/** The slots of an agent that are filled, each with what fills it; a node is listed below one agent only. */
function slotRows(
  document: WorkflowDocument,
  specOf: SpecOf,
  agent: WorkflowNode,
  depth: number,
  listed: Set<string>,
): readonly OutlineRow[] {
  if (attachedTo(document, agent.id).length === 0) return [];
  return portsIn(document, agent, specOf).inputs.flatMap((slot): readonly OutlineRow[] => {
    const fresh = subNodesOf(document, agent.id, slot.id).filter(({ id }) => !listed.has(id));
    if (fresh.length === 0) return [];
    for (const { id } of fresh) listed.add(id);
    const head = { id: `${agent.id}:${slot.id}`, depth, label: slot.label || slot.id };
    return [
      { kind: "branch", ...head },
      ...fresh.flatMap((node): readonly OutlineRow[] => [
        { kind: "node", id: node.id, depth: depth + 1, node, next: nextNames(document, node) },
        ...slotRows(document, specOf, node, depth + 2, listed),
      ]),
    ];
  });
}

/** Outputs that split the flow; a node with a single output splits nothing. */
function branchesOf(
  document: WorkflowDocument,
  node: WorkflowNode,
  specOf: SpecOf,
): readonly Port[] {
  const outputs = portsIn(document, node, specOf).outputs.filter((port) => port.kind === "main");
  return outputs.length > 1 ? outputs : [];
}

/** A node that several branches lead to belongs to what these have in common. */
function pathsOf(
  document: WorkflowDocument,
  order: readonly WorkflowNode[],
  branches: ReadonlyMap<string, readonly Port[]>,
): ReadonlyMap<string, BranchPath> {
  const paths = new Map<string, BranchPath>();
  const arriving = ({ from: [source, port] }: WorkflowEdge): BranchPath[] => {
    const path = paths.get(source);
    if (!path) return [];
    return [branches.get(source)?.length ? [...path, `${source}:${port}`] : path];
  };
  for (const node of order) {
    const [first, ...others] = edgesInto(document, node.id).flatMap(arriving);
    paths.set(node.id, others.reduce(commonStart, first ?? []));
  }
  return paths;
}

function commonStart(a: BranchPath, b: BranchPath): BranchPath {
  const end = a.findIndex((step, index) => step !== b[index]);
  return end < 0 ? a : a.slice(0, end);
}

function nextNames(document: WorkflowDocument, node: WorkflowNode): readonly string[] {
  return childrenOf(document, node.id).flatMap((id) => nodeById(document, id)?.name ?? []);
}
