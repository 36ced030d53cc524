// A part of a workflow as a workflow of its own, with one node that calls it in its place.

import { portOf } from "./connect";
import { newNode } from "./edit-nodes";
import { GRID, NODE_DISTANCE, NODE_WIDTH } from "./geometry";
import { edgesOutOf } from "./graph";
import { groupAround, groupsOf, withoutMembers } from "./groups";
import { pinsOf } from "./kept-pins";
import { freeName, freshId } from "./names";
import { portsIn } from "./ports";
import { namesReadBy, renameInNode } from "./references";
import {
  type NodeSpec,
  nodeById,
  type PortRef,
  type SpecOf,
  type WorkflowDocument,
  type WorkflowEdge,
  type WorkflowNode,
} from "./types";

export const INPUT_TYPE = "triggers.workflow_input";

/** Why nodes cannot be taken out, with the names that the reason is about. */
export type ExtractRefusal = {
  readonly reason: "empty" | "trigger" | "slots" | "entries" | "exits" | "ends" | "reads" | "read";
  readonly names: readonly string[];
};

/** What stands around the nodes: where data comes in, where it goes out. */
export type Cut = {
  readonly members: readonly WorkflowNode[];
  /** Where items come in: several ports only where one output gives them all the same. */
  readonly entries: readonly PortRef[];
  readonly exit: PortRef | null;
  readonly into: readonly WorkflowEdge[];
  readonly outOf: readonly WorkflowEdge[];
  /** The one node whose items come in, which expressions inside may name. */
  readonly source: WorkflowNode | null;
};

type Ids = ReadonlySet<string>;

/** The cut around these nodes, or why there is none. */
export function cutAround(
  document: WorkflowDocument,
  specOf: SpecOf,
  ids: Ids,
): Cut | ExtractRefusal {
  const members = document.nodes.filter(({ id }) => ids.has(id));
  if (members.length === 0) return { reason: "empty", names: [] };
  const triggers = members.filter(({ type }) => specOf(type)?.kind === "trigger");
  if (triggers.length > 0) return { reason: "trigger", names: namesOf(triggers) };
  const into = document.edges.filter(({ from, to }) => !ids.has(from[0]) && ids.has(to[0]));
  const outOf = document.edges.filter(({ from, to }) => ids.has(from[0]) && !ids.has(to[0]));
  const slots = [...into, ...outOf].filter(
    ({ from }) => (portOf(document, specOf, from, "outputs")?.kind ?? "main") !== "main",
  );
  if (slots.length > 0) return { reason: "slots", names: endsOf(document, slots) };
  const entries = distinct(into.map(({ to }) => to));
  const sources = distinct(into.map(({ from }) => from));
  if (!isOneInput(entries, into)) return { reason: "entries", names: waysIn(document, into) };
  const [exit = null, ...exits] = distinct(outOf.map(({ from }) => from));
  if (exits.length > 0) return { reason: "exits", names: endsOf(document, outOf) };
  const source = sources.length === 1 ? nodeById(document, sources[0]?.[0] ?? "") : undefined;
  const cut = { members, entries, exit, into, outOf, source: source ?? null };
  return refusalOf(document, specOf, cut) ?? cut;
}

/** Behind the one input of a workflow every entry gets the same items, so the same outputs must lead to each. */
function isOneInput(entries: readonly PortRef[], into: readonly WorkflowEdge[]): boolean {
  const sources = entries.map((entry) =>
    into
      .filter(({ to }) => to.join(":") === entry.join(":"))
      .map(({ from }) => from.join(":"))
      .sort()
      .join(" "),
  );
  return new Set(sources).size === 1;
}

/** `Orders → Merge (second)`: who gives what to whom. */
const waysIn = (document: WorkflowDocument, into: readonly WorkflowEdge[]): readonly string[] =>
  into.map(({ from, to }) => {
    const port = to[1] === "main" ? "" : ` (${to[1]})`;
    return `${nodeById(document, from[0])?.name ?? ""} → ${nodeById(document, to[0])?.name ?? ""}${port}`;
  });

/** The result of a run is what its last node gives, so there may be one end only where it is used. */
function refusalOf(
  document: WorkflowDocument,
  specOf: SpecOf,
  { members, exit, source }: Cut,
): ExtractRefusal | null {
  const ends = members.filter((node) => {
    const outputs = portsIn(document, node, specOf).outputs.filter(({ kind }) => kind === "main");
    const isOpen = outputs.length > 0 && edgesOutOf(document, node.id).length === 0;
    return node.id === exit?.[0] ? outputs.length > 1 : isOpen;
  });
  if (exit && ends.length > 0) return { reason: "ends", names: namesOf(ends) };
  const inside = new Set(namesOf(members));
  const known = new Set([...inside, source?.name]);
  const everything = new Set(document.nodes.map(({ name }) => name));
  const unreachable = members.flatMap((node) =>
    [...namesReadBy(node)].filter((name) => everything.has(name) && !known.has(name)),
  );
  if (unreachable.length > 0) return { reason: "reads", names: [...new Set(unreachable)] };
  const last = exit && nodeById(document, exit[0])?.name;
  const ids = new Set(members.map(({ id }) => id));
  const readers = document.nodes.filter(
    (node) =>
      !ids.has(node.id) && [...namesReadBy(node)].some((name) => inside.has(name) && name !== last),
  );
  return readers.length > 0 ? { reason: "read", names: namesOf(readers) } : null;
}

/** The nodes as a workflow that begins at a Workflow Input. */
export function extracted(
  document: WorkflowDocument,
  { members, entries, source }: Cut,
  { name, input }: { readonly name: string; readonly input: NodeSpec },
): WorkflowDocument {
  const ids = new Set(members.map(({ id }) => id));
  const empty: WorkflowDocument = { format: document.format, name, nodes: [], edges: [] };
  const left = Math.min(...members.map(({ position }) => position[0]));
  const first = nodeById(document, entries[0]?.[0] ?? "");
  const start: WorkflowNode = {
    ...newNode(empty, input, [left - NODE_WIDTH - NODE_DISTANCE, first?.position[1] ?? 0]),
    name: freeName(input.title, new Set(namesOf(members))),
  };
  const names = new Map(source ? [[source.name, start.name]] : []);
  return {
    ...empty,
    nodes: [start, ...members.map((node) => renameInNode(node, names))],
    edges: [
      ...entries.map((to): WorkflowEdge => ({ from: [start.id, "main"], to })),
      ...document.edges.filter(({ from, to }) => ids.has(from[0]) && ids.has(to[0])),
    ],
    groups: groupsOf(document).filter(({ nodes }) => nodes.every((id) => ids.has(id))),
    ...pinsOf({ ...document, pins: document.pins ?? {} }, (id) => ids.has(id)),
    ...(document.settings ? { settings: document.settings } : {}),
  };
}

/** The document with one node in the place of the cut; it calls the workflow of this id. */
export function withCall(
  document: WorkflowDocument,
  { members, exit, into, outOf }: Cut,
  {
    workflow,
    name,
    call,
  }: {
    readonly workflow: string;
    readonly name: string;
    readonly call: NodeSpec;
  },
): { readonly document: WorkflowDocument; readonly node: string } {
  const ids = new Set(members.map(({ id }) => id));
  const kept = document.nodes.filter(({ id }) => !ids.has(id));
  const node: WorkflowNode = {
    id: freshId(),
    name: freeName(name, new Set(namesOf(kept))),
    type: call.type,
    version: call.version,
    position: middleOf(members),
    params: { ...call.defaults, workflow, version: "draft", each: "all" },
  };
  const last = exit && nodeById(document, exit[0])?.name;
  const names = new Map(last ? [[last, node.name]] : []);
  const outer = groupAround(document, members[0]?.id ?? "");
  const isWithin = outer && members.every(({ id }) => outer.nodes.includes(id));
  const groups = withoutMembers(document, ids).map((group) =>
    isWithin && group.id === outer.id ? { ...group, nodes: [...group.nodes, node.id] } : group,
  );
  const isCut = new Set([...into, ...outOf]);
  const edges = document.edges.filter(
    (edge) => !isCut.has(edge) && !(ids.has(edge.from[0]) && ids.has(edge.to[0])),
  );
  return {
    node: node.id,
    document: {
      ...document,
      nodes: [...kept.map((other) => renameInNode(other, names)), node],
      edges: [
        ...edges,
        ...distinct(into.map(({ from }) => from)).map(
          (from): WorkflowEdge => ({ from, to: [node.id, "main"] }),
        ),
        ...distinct(outOf.map(({ to }) => to)).map(
          (to): WorkflowEdge => ({ from: [node.id, "main"], to }),
        ),
      ],
      ...(document.groups ? { groups } : {}),
      ...pinsOf(document, (id) => !ids.has(id)),
    },
  };
}

const namesOf = (nodes: readonly WorkflowNode[]): readonly string[] =>
  nodes.map(({ name }) => name);

function distinct(ends: readonly PortRef[]): readonly PortRef[] {
  return [...new Map(ends.map((end) => [end.join(":"), end])).values()];
}

function endsOf(document: WorkflowDocument, edges: readonly WorkflowEdge[]): readonly string[] {
  return [...new Set(edges.map(({ from }) => nodeById(document, from[0])?.name ?? ""))];
}

function middleOf(nodes: readonly WorkflowNode[]): [number, number] {
  const middle = (axis: 0 | 1) => {
    const values = nodes.map(({ position }) => position[axis]);
    return Math.round((Math.min(...values) + Math.max(...values)) / 2 / GRID) * GRID;
  };
  return [middle(0), middle(1)];
}
