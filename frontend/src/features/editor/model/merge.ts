// Three-way merge of documents: edits that do not touch become one, edits that do are listed.

import { equalJson, isJsonObject } from "./json";
import { factsFor } from "./pins";
import {
  edgeKey,
  type JsonValue,
  type WorkflowDocument,
  type WorkflowEdge,
  type WorkflowNode,
} from "./types";

export type Side = "mine" | "theirs";

export type Conflict = {
  /** Names the place for a choice: `nodes/<id>`, `notes/<id>`, `pins/<id>`, `name`, … */
  readonly place: string;
  readonly title: string;
  /** What both changed; empty where one deleted what the other changed. */
  readonly fields: readonly string[];
};

export type Merge = {
  readonly document: WorkflowDocument;
  readonly conflicts: readonly Conflict[];
};

type Choices = ReadonlyMap<string, Side>;

/** The three versions of one value; `undefined` where a version has no such value. */
type Three<T> = {
  readonly base: T | undefined;
  readonly mine: T | undefined;
  readonly theirs: T | undefined;
};

/** Merges; where both changed the same thing, `choices` decides, and without a choice mine stays. */
export function merge(
  base: WorkflowDocument,
  mine: WorkflowDocument,
  theirs: WorkflowDocument,
  choices: Choices = new Map(),
): Merge {
  const conflicts: Conflict[] = [];
  const resolve = resolver(choices, conflicts);
  const list = <K extends "nodes" | "notes" | "groups">(key: K) =>
    mergeLists({ base: base[key], mine: mine[key], theirs: theirs[key] }, key, resolve);
  const nodes = list("nodes") as readonly WorkflowNode[];
  const notes = list("notes");
  const groups = list("groups");
  const settings = mergeRecords(
    { base: base.settings, mine: mine.settings, theirs: theirs.settings },
    "settings",
    resolve,
  );
  const document = {
    ...theirs,
    ...mine,
    name:
      resolve("name", "name", { base: base.name, mine: mine.name, theirs: theirs.name }) ??
      mine.name,
    nodes,
    edges: mergeEdges(base, mine, theirs, new Set(nodes.map((node) => node.id))),
    ...(mine.notes || theirs.notes ? { notes } : {}),
    ...(mine.groups || theirs.groups ? { groups } : {}),
    ...(mine.settings || theirs.settings ? { settings } : {}),
    ...mergedPins(base, mine, theirs, resolve),
  } as WorkflowDocument;
  return { document, conflicts };
}

/** What is known of a pin goes with the items that stay. */
function mergedPins(
  base: WorkflowDocument,
  mine: WorkflowDocument,
  theirs: WorkflowDocument,
  resolve: Resolve,
): Pick<WorkflowDocument, "pins" | "pin_facts"> {
  if (!mine.pins && !theirs.pins) return {};
  const three = { base: base.pins, mine: mine.pins, theirs: theirs.pins };
  const pins = mergeRecords(three, "pins", resolve) as NonNullable<WorkflowDocument["pins"]>;
  const hasFacts = mine.pin_facts ?? theirs.pin_facts;
  return { pins, ...(hasFacts && { pin_facts: factsFor(pins, [mine, theirs]) }) };
}

type Resolve = <T>(place: string, title: string, three: Three<T>) => T | undefined;

function resolver(choices: Choices, conflicts: Conflict[]): Resolve {
  return (place, title, three) => {
    const fields: string[] = [];
    const merged = mergeValue(three, [], choices.get(place) ?? "mine", fields);
    if (fields.length > 0 && !choices.has(place)) {
      conflicts.push({ place, title, fields: fields.filter((field) => field !== "") });
    }
    return merged as typeof three.base;
  };
}

/** Merges one value field by field; writes down every field that both changed differently. */
function mergeValue(
  three: Three<unknown>,
  path: readonly string[],
  prefer: Side,
  clashes: string[],
): unknown {
  const { base, mine, theirs } = three;
  if (equalJson(mine, theirs) || equalJson(base, theirs)) return mine;
  if (equalJson(base, mine)) return theirs;
  if (isJsonObject(mine) && isJsonObject(theirs) && !isAtom(mine) && !isAtom(theirs)) {
    return mergeFields(
      { base: isJsonObject(base) ? base : {}, mine, theirs },
      path,
      prefer,
      clashes,
    );
  }
  // Two people who moved the same node have nothing to discuss.
  if (path.at(-1) !== "position") clashes.push(path.join("."));
  return prefer === "mine" ? mine : theirs;
}

/** An expression is one value, whatever is in it. */
const isAtom = (value: object): boolean => "=" in value;

type Fields = Readonly<Record<string, JsonValue | undefined>>;

function mergeFields(
  three: { readonly base: Fields; readonly mine: Fields; readonly theirs: Fields },
  path: readonly string[],
  prefer: Side,
  clashes: string[],
): Fields {
  const merged: Record<string, JsonValue | undefined> = {};
  for (const key of new Set([...Object.keys(three.theirs), ...Object.keys(three.mine)])) {
    const values = { base: three.base[key], mine: three.mine[key], theirs: three.theirs[key] };
    const value = mergeValue(values, [...path, key], prefer, clashes);
    if (value !== undefined) merged[key] = value as JsonValue;
  }
  return merged;
}

type Element = { readonly id: string; readonly name?: string; readonly title?: string };

/** Order: theirs, then what I added. */
function mergeLists(
  three: Three<readonly Element[]>,
  list: string,
  resolve: Resolve,
): readonly Element[] {
  const base = byId(three.base);
  const mine = byId(three.mine);
  const theirs = byId(three.theirs);
  const ids = new Set([...theirs.keys(), ...mine.keys()]);
  return [...ids].flatMap((id) => {
    const versions = { base: base.get(id), mine: mine.get(id), theirs: theirs.get(id) };
    const known = versions.mine ?? versions.theirs ?? versions.base;
    return resolve(`${list}/${id}`, known?.name ?? known?.title ?? id, versions) ?? [];
  });
}

const byId = (list: readonly Element[] | undefined) =>
  new Map((list ?? []).map((element) => [element.id, element]));

function mergeRecords(three: Three<object>, record: string, resolve: Resolve): object {
  const [base, mine, theirs] = [three.base, three.mine, three.theirs].map(
    (value) => (value ?? {}) as Fields,
  );
  const keys = new Set([...Object.keys(theirs ?? {}), ...Object.keys(mine ?? {})]);
  const entries = [...keys].flatMap((key) => {
    const values = { base: base?.[key], mine: mine?.[key], theirs: theirs?.[key] };
    const value = resolve(`${record}/${key}`, key, values);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}

/** Edges are there or not, so they never clash; those of deleted nodes go. */
function mergeEdges(
  base: WorkflowDocument,
  mine: WorkflowDocument,
  theirs: WorkflowDocument,
  nodes: ReadonlySet<string>,
): readonly WorkflowEdge[] {
  const keysOf = (document: WorkflowDocument) => new Set(document.edges.map(edgeKey));
  const inBase = keysOf(base);
  const inMine = keysOf(mine);
  const inTheirs = keysOf(theirs);
  const kept = theirs.edges.filter(
    (edge) => inMine.has(edgeKey(edge)) || !inBase.has(edgeKey(edge)),
  );
  const added = mine.edges.filter((edge) => {
    const key = edgeKey(edge);
    return !inBase.has(key) && !inTheirs.has(key);
  });
  return [...kept, ...added].filter((edge) => nodes.has(edge.from[0]) && nodes.has(edge.to[0]));
}
