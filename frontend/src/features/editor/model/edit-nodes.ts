// Edits of single nodes: parameters, settings, name, place. Each is a document in, a document out.

import { snap } from "./geometry";
import { freeName, freshId, namesIn } from "./names";
import { renameInNode } from "./references";
import {
  type JsonObject,
  mapSame,
  type NodeSettings,
  type NodeSpec,
  nodeById,
  type WorkflowDocument,
  type WorkflowNode,
  type XY,
} from "./types";

/** A node of this type with its defaults, not yet in the document. */
export function newNode(document: WorkflowDocument, spec: NodeSpec, position: XY): WorkflowNode {
  return {
    id: freshId(),
    name: freeName(spec.title, namesIn(document)),
    type: spec.type,
    version: spec.version,
    position: snap(position),
    params: spec.defaults,
  };
}

export function addNode(document: WorkflowDocument, node: WorkflowNode): WorkflowDocument {
  return { ...document, nodes: [...document.nodes, node] };
}

function changeNodes(
  document: WorkflowDocument,
  change: (node: WorkflowNode) => WorkflowNode,
): WorkflowDocument {
  const nodes = mapSame(document.nodes, change);
  return nodes === document.nodes ? document : { ...document, nodes };
}

function changeNode(
  document: WorkflowDocument,
  id: string,
  change: (node: WorkflowNode) => WorkflowNode,
): WorkflowDocument {
  return changeNodes(document, (node) => (node.id === id ? change(node) : node));
}

export function setParams(document: WorkflowDocument, id: string, params: JsonObject) {
  return changeNode(document, id, (node) => ({ ...node, params }));
}

/** Brings a node that an older version of its type wrote to this one. */
export function upgradeNode(
  document: WorkflowDocument,
  id: string,
  version: number,
  params: JsonObject,
): WorkflowDocument {
  return changeNode(document, id, (node) => ({ ...node, version, params }));
}

export function setSettings(
  document: WorkflowDocument,
  id: string,
  settings: NodeSettings,
): WorkflowDocument {
  return changeNode(document, id, (node) => ({ ...node, settings }));
}

/** Puts a credential into a slot; null empties it. */
export function setCredential(
  document: WorkflowDocument,
  id: string,
  slot: string,
  credential: string | null,
): WorkflowDocument {
  return changeNode(document, id, (node) => {
    const { [slot]: _, ...others } = node.credentials ?? {};
    return { ...node, credentials: credential ? { ...others, [slot]: credential } : others };
  });
}

export function setDisabled(
  document: WorkflowDocument,
  ids: ReadonlySet<string>,
  disabled: boolean,
): WorkflowDocument {
  return changeNodes(document, (node) =>
    ids.has(node.id) && (node.disabled ?? false) !== disabled ? { ...node, disabled } : node,
  );
}

/** What people write on a node; nothing is stored of an empty text. */
export function setNotes(document: WorkflowDocument, id: string, notes: string): WorkflowDocument {
  return changeNode(document, id, (node) => {
    if ((node.notes ?? "") === notes) return node;
    const { notes: _, ...bare } = node;
    return notes === "" ? bare : { ...bare, notes };
  });
}

/** Renames a node and every `$("Old name")` that speaks of it. A taken name gets a number. */
export function renameNode(
  document: WorkflowDocument,
  id: string,
  wanted: string,
): WorkflowDocument {
  const node = nodeById(document, id);
  const trimmed = wanted.trim();
  if (!node || trimmed === "" || trimmed === node.name) return document;
  const others = new Set(namesIn(document));
  others.delete(node.name);
  const name = freeName(trimmed, others);
  const names = new Map([[node.name, name]]);
  return changeNodes(document, (other) =>
    renameInNode(other.id === id ? { ...other, name } : other, names),
  );
}

/** Moves nodes to new places, snapped to the grid. */
export function moveNodes(document: WorkflowDocument, places: ReadonlyMap<string, XY>) {
  return changeNodes(document, (node) => {
    const place = places.get(node.id);
    if (!place) return node;
    const [x, y] = snap(place);
    const [oldX, oldY] = node.position;
    return x === oldX && y === oldY ? node : { ...node, position: [x, y] };
  });
}
