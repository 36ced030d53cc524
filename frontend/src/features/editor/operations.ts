// What people do in the editor, as one function each: menus, keys, the outline and the canvas all call these.

import "@/lib/messages/editor";
import type { JsonObject, NodeSpec } from "@/api/types";
import { rememberType } from "@/features/palette";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { travel } from "./document-store";
import type { Editor } from "./editor-context";
import { focusCanvas, focusNode, keepFocusOnCanvas } from "./focus";
import { isAttached } from "./model/capabilities";
import { connect, disconnect, portOf, type Refusal, refusal } from "./model/connect";
import {
  addAfter,
  addBefore,
  deleteNodes,
  insertOnEdge,
  placeAfter,
  placeBelow,
  placeOnEdge,
  takenPlaces,
} from "./model/edit-graph";
import { addNode, moveNodes, newNode, setDisabled } from "./model/edit-nodes";
import { addNote, deleteNotes, moveNotes, NOTE_HEIGHT, newNote } from "./model/edit-notes";
import { freePlace, GRID } from "./model/geometry";
import { unpinned } from "./model/kept-pins";
import { openSlots } from "./model/ports";
import {
  edgeKey,
  nodeById,
  type PortRef,
  type Recipe,
  type WorkflowDocument,
  type WorkflowNode,
  type XY,
} from "./model/types";
import {
  clearSelection,
  isNoteElement,
  noteElement,
  noteIdOf,
  select,
  selectedNodes,
  selectedNotes,
} from "./selection";
import type { QuickAddRequest } from "./ui-store";

const documentOf = (editor: Editor): WorkflowDocument => editor.docStore.getState().document;

/** The node that the next command is about: the focused one, else the last selected one. */
export function currentNode(editor: Editor): WorkflowNode | undefined {
  const selection = editor.selection.getState();
  const { focused, elements } = selection;
  const isOutside = focused === null || (elements.size > 0 && !elements.has(focused));
  const id = isOutside ? selectedNodes(selection).at(-1) : focused;
  return id === undefined || id === null ? undefined : nodeById(documentOf(editor), id);
}

/** The node whose inspector is open, else the current one. */
export function chosenNode(editor: Editor): string | undefined {
  return editor.ui.getState().inspecting ?? currentNode(editor)?.id;
}

/** The selected nodes, or the focused one where nothing is selected. */
export function nodesInQuestion(editor: Editor): readonly string[] {
  const chosen = selectedNodes(editor.selection.getState());
  if (chosen.length > 0) return chosen;
  const node = currentNode(editor);
  return node ? [node.id] : [];
}

// Adding

export function openQuickAdd(editor: Editor, request: QuickAddRequest = {}): void {
  editor.ui.setState({ quickAdd: request });
}

/** Quick-add behind the current node, or for a first node. */
export function quickAddAfter(editor: Editor): void {
  const from = firstOutput(editor, currentNode(editor));
  openQuickAdd(editor, from ? { from } : {});
}

export function quickAddBefore(editor: Editor): void {
  const current = currentNode(editor);
  const node = current && !isAttached(documentOf(editor), current.id) ? current : undefined;
  const input = node && editor.catalog.byType(node.type)?.inputs[0];
  openQuickAdd(editor, node && input ? { to: [node.id, input.id] } : {});
}

/** True where something more can be attached to the current node. */
export function canAttach(editor: Editor): boolean {
  const node = currentNode(editor);
  const { byType } = editor.catalog;
  return node !== undefined && openSlots(documentOf(editor), node, byType).length > 0;
}

export function attachToCurrent(editor: Editor): void {
  const node = currentNode(editor);
  if (node) openQuickAdd(editor, { agent: node.id });
}

export function firstOutput(editor: Editor, node: WorkflowNode | undefined): PortRef | undefined {
  if (node && isAttached(documentOf(editor), node.id)) return undefined;
  const output = node && editor.catalog.byType(node.type)?.outputs[0];
  return node && output ? [node.id, output.id] : undefined;
}

/** Adds a node of a type as asked, selects it and gives it back. */
export function addOfType(
  editor: Editor,
  spec: NodeSpec,
  request: QuickAddRequest,
  params: JsonObject = {},
): WorkflowNode {
  const document = documentOf(editor);
  const { byType } = editor.catalog;
  const edge = document.edges.find((candidate) => edgeKey(candidate) === request.edge);
  const place = request.at ?? placeFor(editor, request);
  const plain = newNode(document, spec, place);
  const node = { ...plain, params: { ...plain.params, ...params } };
  const recipe: Recipe = (before) => {
    if (edge) return insertOnEdge(before, byType, node, edge);
    if (request.from) return addAfter(before, byType, node, request.from);
    if (request.to) return addBefore(before, byType, node, request.to);
    return addNode(before, node);
  };
  editor.commit(t("editor.step.add", { name: node.name }), recipe);
  rememberType(spec.type);
  select(editor.selection, [node.id]);
  return node;
}

function placeFor(editor: Editor, { from, to, edge }: QuickAddRequest): XY {
  const document = documentOf(editor);
  const { byType } = editor.catalog;
  const into = document.edges.find((candidate) => edgeKey(candidate) === edge);
  if (into) return placeOnEdge(document, into);
  if (from) return placeAfter(document, byType, from);
  if (to && portOf(document, byType, to, "inputs")?.kind !== "main")
    return placeBelow(document, byType, to);
  const target = to && nodeById(document, to[0]);
  const [x, y] = target ? target.position : lowestPlace(document);
  return freePlace([target ? x - 320 : x, y], takenPlaces(document, byType));
}

function lowestPlace(document: WorkflowDocument): XY {
  const lowest = Math.max(0, ...document.nodes.map((node) => node.position[1] + 140));
  return document.nodes.length === 0 ? [0, 0] : [document.nodes[0]?.position[0] ?? 0, lowest];
}

export function addNoteAt(editor: Editor, place: XY): void {
  const taken = takenPlaces(documentOf(editor), editor.catalog.byType);
  const note = newNote("", freePlace(place, taken, NOTE_HEIGHT));
  editor.commit(t("editor.step.addNote"), (document) => addNote(document, note));
  select(editor.selection, [noteElement(note.id)]);
  editor.ui.setState({ renaming: noteElement(note.id) });
}

// Wires

export function refusalText(reason: Refusal): string {
  return t(`editor.refusal.${reason}`);
}

/** Joins two ports, or says why not. */
export function connectPorts(editor: Editor, from: PortRef, to: PortRef): boolean {
  const reason = refusal(documentOf(editor), editor.catalog.byType, from, to);
  if (reason) {
    toast(refusalText(reason), { key: "connect" });
    return false;
  }
  editor.commit(t("editor.step.connect"), (document) => connect(document, { from, to }));
  return true;
}

export function removeEdges(editor: Editor, keys: ReadonlySet<string>): void {
  editor.commit(t("editor.step.disconnect"), (document) => disconnect(document, keys));
}

// Changing what is selected

export function deleteSelection(editor: Editor, heal: boolean): void {
  const { edges, elements } = editor.selection.getState();
  const nodes = new Set(
    elements.size > 0 || edges.size > 0
      ? selectedNodes(editor.selection.getState())
      : nodesInQuestion(editor),
  );
  const notes = new Set(selectedNotes(editor.selection.getState()));
  const label = t("editor.step.delete", { count: nodes.size + notes.size + edges.size });
  keepFocusOnCanvas();
  editor.commit(label, (document) =>
    deleteNotes(
      deleteNodes(disconnect(document, edges), editor.catalog.byType, nodes, heal),
      notes,
    ),
  );
  clearSelection(editor.selection);
  const { inspecting } = editor.ui.getState();
  if (inspecting !== null && nodes.has(inspecting)) editor.ui.setState({ inspecting: null });
}

export function toggleDisabled(editor: Editor, ids = nodesInQuestion(editor)): void {
  const document = documentOf(editor);
  const disable = ids.some((id) => !nodeById(document, id)?.disabled);
  const label = disable ? "editor.step.disable" : "editor.step.enable";
  editor.commit(t(label, { count: ids.length }), (before) =>
    setDisabled(before, new Set(ids), disable),
  );
}

export function unpin(editor: Editor, id: string): void {
  editor.commit(t("editor.step.unpin"), (document) => unpinned(document, id));
}

/** Pins what a node put out; its inspector opens where there is nothing to pin or a choice to make. */
export function pinOutput(editor: Editor, id: string): void {
  import("./pin-output")
    .then((tool) => tool.pinShown(editor, id))
    .then(
      (isPinned) => isPinned || inspect(editor, id),
      () => inspect(editor, id),
    );
}

/** Moves elements to these places: one step of the history. */
export function moveElements(editor: Editor, places: ReadonlyMap<string, XY>): void {
  const nodes = new Map([...places].filter(([element]) => !isNoteElement(element)));
  const notes = new Map(
    [...places].flatMap(([element, place]) =>
      isNoteElement(element) ? [[noteIdOf(element), place] as const] : [],
    ),
  );
  editor.commit(t("editor.step.move", { count: places.size }), (document) =>
    moveNotes(moveNodes(document, nodes), notes),
  );
}

/** Moves the selection by whole grid steps; a held key is one step of the history. */
export function nudge(editor: Editor, [dx, dy]: XY): void {
  const ids = new Set(nodesInQuestion(editor));
  const places = new Map(
    documentOf(editor)
      .nodes.filter((node) => ids.has(node.id))
      .map(({ id, position: [x, y] }) => [id, [x + dx * GRID, y + dy * GRID] as XY] as const),
  );
  editor.commit(
    t("editor.step.move", { count: places.size }),
    (document) => moveNodes(document, places),
    {
      key: `nudge:${[...ids].join()}`,
    },
  );
}

// Focus

/** Puts the keyboard focus back on the graph: on the focused node, else on the whole. */
export function focusCurrent(editor: Editor): void {
  const { focused } = editor.selection.getState();
  if (focused === null) focusCanvas();
  else focusNode(focused);
}

// History

export function undoOrRedo(editor: Editor, direction: "undo" | "redo"): void {
  const label = travel(editor.docStore, direction);
  const done = direction === "undo" ? "editor.undone" : "editor.redone";
  if (label !== null) toast(t(done, { label }), { key: "history" });
}

// Inspecting

export function inspect(editor: Editor, node: string, field: string | null = null): void {
  select(editor.selection, [node]);
  editor.ui.setState({ inspecting: node, inspectField: field, logs: false });
}
