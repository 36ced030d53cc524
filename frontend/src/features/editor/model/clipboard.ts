// Paste and duplicate: a fragment of a document under new ids and names.

import { addNode } from "./edit-nodes";
import { addNote } from "./edit-notes";
import { FORMAT, type Fragment } from "./fragment";
import { snap } from "./geometry";
import { addGroup } from "./groups";
import { freeName, freshId, namesIn } from "./names";
import { renameInNode } from "./references";
import type {
  WorkflowDocument,
  WorkflowEdge,
  WorkflowGroup,
  WorkflowNode,
  WorkflowNote,
  XY,
} from "./types";

/** The fragment in a text, or null where the text is something else. A whole workflow counts. */
export function parseFragment(text: string): Fragment | null {
  const value = parseJson(text);
  if (!isObject(value) || value["format"] !== FORMAT) return null;
  const { nodes = [], edges = [], notes = [], groups = [] } = value;
  if (!isListOf(nodes, isNode) || !isListOf(edges, isEdge) || !isListOf(notes, isNote)) return null;
  if (!isListOf(groups, isGroup)) return null;
  return { format: FORMAT, nodes, edges, notes, groups };
}

export type Pasted = {
  readonly document: WorkflowDocument;
  readonly nodes: readonly string[];
  readonly notes: readonly string[];
  readonly groups: readonly string[];
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
  const groups = fragment.groups.map((group) => ({
    ...group,
    id: freshId(),
    nodes: group.nodes.flatMap((id) => ids.get(id) ?? []),
  }));
  const whole = groups.reduce(addGroup, withNotes);
  return {
    document: { ...whole, edges: [...whole.edges, ...movedEdges(fragment.edges, ids)] },
    nodes: nodes.map((node) => node.id),
    notes: notes.map((note) => note.id),
    groups: groups.map((group) => group.id),
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

const isGroup = (value: unknown): value is WorkflowGroup =>
  isObject(value) &&
  [value["id"], value["title"], value["color"]].every((part) => typeof part === "string") &&
  isListOf(value["nodes"], (part): part is string => typeof part === "string");

const isNote = (value: unknown): value is WorkflowNote =>
  isObject(value) &&
  typeof value["text"] === "string" &&
  isPair(value["position"], "number") &&
  isPair(value["size"], "number");
