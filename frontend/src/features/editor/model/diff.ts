// What differs between two documents, in the words of people: elements added, removed, changed, moved.

import { equalJson, isJsonList, isJsonObject } from "./json";
import {
  edgeKey,
  type JsonValue,
  nodeById,
  type WorkflowDocument,
  type WorkflowEdge,
  type WorkflowNode,
} from "./types";

export type ChangeKind = "added" | "removed" | "changed" | "moved";

export type Part = "workflow" | "node" | "edge" | "note" | "group" | "pin";

/** One field of an element; `undefined` where there is no such field. */
export type FieldChange = {
  readonly path: readonly string[];
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
};

export type Change = {
  readonly part: Part;
  readonly kind: ChangeKind;
  /** Of a node its id, of an edge its key, of a pin its node, of the workflow nothing. */
  readonly id: string;
  readonly title: string;
  /** Of a node its type. */
  readonly type?: string;
  /** What changed in it; empty unless `kind` is `changed`. */
  readonly fields: readonly FieldChange[];
};

/** Ordered as people read: the workflow itself, nodes, edges, notes, groups, pins. */
export function changesBetween(
  before: WorkflowDocument,
  after: WorkflowDocument,
): readonly Change[] {
  if (before === after) return [];
  return [
    ...workflowChanges(before, after),
    ...elementChanges("node", before.nodes, after.nodes),
    ...edgeChanges(before, after),
    ...elementChanges("note", before.notes, after.notes),
    ...elementChanges("group", before.groups, after.groups),
    ...pinChanges(before, after),
  ];
}

/** How many elements of each kind. */
export function tally(changes: readonly Change[]): Readonly<Record<ChangeKind, number>> {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}

/** Nodes that a person would say were changed, each once: its own fields, its wires, its pin. */
export function nodesTouched(changes: readonly Change[]): number {
  return new Set(changes.flatMap(({ part, id }) => (part === "node" || part === "pin" ? [id] : [])))
    .size;
}

function workflowChanges(before: WorkflowDocument, after: WorkflowDocument): readonly Change[] {
  const fields = [
    ...fieldChanges(["name"], before.name, after.name),
    ...fieldChanges(["settings"], asJson(before.settings ?? {}), asJson(after.settings ?? {})),
  ];
  return fields.length === 0
    ? []
    : [{ part: "workflow", kind: "changed", id: "", title: after.name, fields }];
}

type Element = {
  readonly id: string;
  readonly name?: string;
  readonly title?: string;
  readonly text?: string;
  readonly type?: string;
};

function elementChanges(
  part: Part,
  before: readonly Element[] = [],
  after: readonly Element[] = [],
): readonly Change[] {
  const old = new Map(before.map((element) => [element.id, element]));
  const kept = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((element) => elementChange(part, old.get(element.id), element)),
    ...before.flatMap((element) =>
      kept.has(element.id) ? [] : elementChange(part, element, undefined),
    ),
  ];
}

function elementChange(
  part: Part,
  before: Element | undefined,
  after: Element | undefined,
): readonly Change[] {
  const shown = after ?? before;
  if (!shown || before === after) return [];
  const { id, name, title, text, type } = shown;
  const named = {
    part,
    id,
    title: name ?? title ?? text?.split("\n")[0] ?? id,
    ...(type === undefined ? {} : { type }),
  };
  if (!before) return [{ ...named, kind: "added", fields: [] }];
  if (!after) return [{ ...named, kind: "removed", fields: [] }];
  const all = fieldChanges([], asJson(before), asJson(after));
  const fields = all.filter(({ path }) => path[0] !== "position");
  if (fields.length > 0) return [{ ...named, kind: "changed", fields }];
  return all.length > 0 ? [{ ...named, kind: "moved", fields: [] }] : [];
}

function edgeChanges(before: WorkflowDocument, after: WorkflowDocument): readonly Change[] {
  const change = (kind: ChangeKind, document: WorkflowDocument) => (edge: WorkflowEdge) => ({
    part: "edge" as const,
    kind,
    id: edgeKey(edge),
    title: edgeTitle(document, edge),
    fields: [],
  });
  return [
    ...without(after.edges, before.edges).map(change("added", after)),
    ...without(before.edges, after.edges).map(change("removed", before)),
  ];
}

function without(
  edges: readonly WorkflowEdge[],
  others: readonly WorkflowEdge[],
): readonly WorkflowEdge[] {
  const known = new Set(others.map(edgeKey));
  return edges.filter((edge) => !known.has(edgeKey(edge)));
}

const MAIN_PORT = "main";

function edgeTitle(document: WorkflowDocument, { from, to }: WorkflowEdge): string {
  const nameOf = (id: string) => nodeById(document, id)?.name ?? id;
  const port = from[1] === MAIN_PORT ? "" : ` (${from[1]})`;
  return `${nameOf(from[0])}${port} → ${nameOf(to[0])}`;
}

function pinChanges(before: WorkflowDocument, after: WorkflowDocument): readonly Change[] {
  const nodes = new Set([...Object.keys(before.pins ?? {}), ...Object.keys(after.pins ?? {})]);
  return [...nodes].flatMap((id): readonly Change[] => {
    const [old, now] = [before.pins?.[id], after.pins?.[id]];
    if (equalJson(old, now)) return [];
    const title = (nodeById(after, id) ?? nodeById(before, id))?.name ?? id;
    const kind = old === undefined ? "added" : now === undefined ? "removed" : "changed";
    return [{ part: "pin", kind, id, title, fields: [] }];
  });
}

/** Every field that differs. Lists of one length are compared entry by entry, others as a whole. */
function fieldChanges(
  path: readonly string[],
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): readonly FieldChange[] {
  if (before === after) return [];
  if (
    isJsonObject(before) &&
    isJsonObject(after) &&
    !isExpression(before) &&
    !isExpression(after)
  ) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => fieldChanges([...path, key], before[key], after[key]));
  }
  if (isJsonList(before) && isJsonList(after) && before.length === after.length) {
    return before.flatMap((value, at) => fieldChanges([...path, String(at)], value, after[at]));
  }
  return equalJson(before, after) ? [] : [{ path, before, after }];
}

const isExpression = (value: object): boolean => "=" in value;

/** Elements are JSON by definition; their types are only narrower. */
const asJson = (value: object): JsonValue => value as unknown as JsonValue;

/** Both documents in one: what is there after, and, as ghosts, what was removed. */
export function unionOf(before: WorkflowDocument, after: WorkflowDocument): WorkflowDocument {
  const kept = new Set(after.nodes.map(({ id }) => id));
  const ghosts: readonly WorkflowNode[] = before.nodes.filter(({ id }) => !kept.has(id));
  const notes = new Set((after.notes ?? []).map(({ id }) => id));
  return {
    ...after,
    nodes: [...after.nodes, ...ghosts],
    edges: [...after.edges, ...without(before.edges, after.edges)],
    notes: [...(after.notes ?? []), ...(before.notes ?? []).filter(({ id }) => !notes.has(id))],
  };
}

/** The kind of change by node id and edge key: what a canvas colours. */
export function marksOfChanges(changes: readonly Change[]): ReadonlyMap<string, ChangeKind> {
  return new Map(
    changes.flatMap(({ part, id, kind }) =>
      part === "node" || part === "edge" ? [[id, kind] as const] : [],
    ),
  );
}
