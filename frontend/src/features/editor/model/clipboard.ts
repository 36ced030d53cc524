// Copy, paste and duplicate: a fragment of a document as JSON text in the document's own format.

import { addNode } from "./edit-nodes";
import { addNote } from "./edit-notes";
import { snap } from "./geometry";
import { freeName, freshId, namesIn } from "./names";
import { renameInNode } from "./references";
import type { WorkflowDocument, WorkflowEdge, WorkflowNode, WorkflowNote, XY } from "./types";

export const FORMAT = "headrace/1";

export type Fragment = Pick<WorkflowDocument, "format" | "nodes" | "edges"> & {
  readonly notes: readonly WorkflowNote[];
};

/** The chosen nodes and notes with the edges among them. Credentials go along as ids, never values. */
export function fragmentOf(
  document: WorkflowDocument,
  nodeIds: ReadonlySet<string>,
  noteIds: ReadonlySet<string> = new Set(),
): Fragment {
  return {
    format: FORMAT,
    nodes: document.nodes.filter((node) => nodeIds.has(node.id)),
    edges: document.edges.filter((edge) => nodeIds.has(edge.from[0]) && nodeIds.has(edge.to[0])),
    notes: (document.notes ?? []).filter((note) => noteIds.has(note.id)),
  };
}

/** The fragment in a text, or null where the text is something else. A whole workflow counts. */
export function parseFragment(text: string): Fragment | null {
  const value = parseJson(text);
  if (!isObject(value) || value["format"] !== FORMAT) return null;
  const { nodes = [], edges = [], notes = [] } = value;
  if (!isListOf(nodes, isNode) || !isListOf(edges, isEdge) || !isListOf(notes, isNote)) return null;
  return { format: FORMAT, nodes, edges, notes };
}

export type Pasted = {
  readonly document: WorkflowDocument;
  readonly nodes: readonly string[];
  readonly notes: readonly string[];
};

/** Adds a fragment under new ids and free names; references inside it follow the new names. */
export function paste(document: WorkflowDocument, fragment: Fragment, at: XY): Pasted {
  const move = mover(fragment, at);
  const ids = new Map(fragment.nodes.map((node) => [node.id, freshId()]));
  const names = newNames(document, fragment);
  const nodes = fragment.nodes.map((node): WorkflowNode => {
    const named = {
      ...node,
      id: ids.get(node.id) ?? freshId(),
      name: names.get(node.name) ?? node.name,
    };
    return renameInNode({ ...named, position: move(node.position) }, names);
  });
  const notes = fragment.notes.map((note) => ({
    ...note,
    id: freshId(),
    position: move(note.position),
  }));
  const withNodes = nodes.reduce(addNode, document);
  const withNotes = notes.reduce(addNote, withNodes);
  return {
    document: { ...withNotes, edges: [...withNotes.edges, ...movedEdges(fragment.edges, ids)] },
    nodes: nodes.map((node) => node.id),
    notes: notes.map((note) => note.id),
  };
}

function newNames(document: WorkflowDocument, fragment: Fragment): ReadonlyMap<string, string> {
  const taken = new Set(namesIn(document));
  const names = new Map<string, string>();
  for (const node of fragment.nodes) {
    const name = freeName(node.name, taken);
    taken.add(name);
    names.set(node.name, name);
  }
  return names;
}

function movedEdges(edges: readonly WorkflowEdge[], ids: ReadonlyMap<string, string>) {
  return edges.flatMap(({ from, to }): WorkflowEdge[] => {
    const source = ids.get(from[0]);
    const target = ids.get(to[0]);
    return source && target ? [{ from: [source, from[1]], to: [target, to[1]] }] : [];
  });
}

/** Moves the fragment's top left corner to `at`. */
function mover(fragment: Fragment, at: XY): (position: XY) => [number, number] {
  const places = [...fragment.nodes, ...fragment.notes].map((element) => element.position);
  const left = Math.min(...places.map(([x]) => x));
  const top = Math.min(...places.map(([, y]) => y));
  return ([x, y]) => {
    const [snappedX, snappedY] = snap([at[0] + x - left, at[1] + y - top]);
    return [snappedX, snappedY];
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type Loose = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isListOf<T>(value: unknown, is: (value: unknown) => value is T): value is readonly T[] {
  return Array.isArray(value) && value.every(is);
}

const isPair = (value: unknown, type: "string" | "number"): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === type);

const isNode = (value: unknown): value is WorkflowNode =>
  isObject(value) &&
  [value["id"], value["name"], value["type"]].every((part) => typeof part === "string") &&
  isPair(value["position"], "number") &&
  isObject(value["params"]);

const isEdge = (value: unknown): value is WorkflowEdge =>
  isObject(value) && isPair(value["from"], "string") && isPair(value["to"], "string");

const isNote = (value: unknown): value is WorkflowNote =>
  isObject(value) &&
  typeof value["text"] === "string" &&
  isPair(value["position"], "number") &&
  isPair(value["size"], "number");
