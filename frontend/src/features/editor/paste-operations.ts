// Taking in what is pasted or dropped. Loaded when that happens.

import "@/lib/messages/dialogs";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import type { Editor } from "./editor-context";
import { parseFragment, paste } from "./model/clipboard";
import type { ImportedRequest } from "./model/curl";
import type { ImportedData } from "./model/data-text";
import { takenPlaces } from "./model/edit-graph";
import { addNode, newNode, setParams } from "./model/edit-nodes";
import { addNote, newNote } from "./model/edit-notes";
import { freePlace, GRID } from "./model/geometry";
import { freeName, namesIn } from "./model/names";
import type { WorkflowDocument, XY } from "./model/types";
import { currentNode } from "./operations";
import { pinning } from "./pinning";
import { groupElement, noteElement, select } from "./selection";

const REQUEST_TYPE = "web.http_request";
const START_TYPE = "triggers.manual";
const CURL = /^\s*curl(\.exe)?\s/;
const ADDRESS = /^\s*https?:\/\/\S+\s*$/;
/** Pins travel with every save of the draft, so data to try things with stays small. */
const MAX_FILE_BYTES = 2_000_000;
const LONGEST_NOTE = 4_000;

const documentOf = (editor: Editor): WorkflowDocument => editor.docStore.getState().document;

/**
 * Takes in a workflow or a part of one, a cURL command, an address, data as JSON or as a table;
 * any other text becomes a note. False where there is nothing to take. `name` is the file's.
 */
export async function pasteText(
  editor: Editor,
  text: string,
  at: XY,
  name: string | null = null,
): Promise<boolean> {
  if (text.trim() === "") return false;
  if (pasteFragment(editor, text, at)) return true;
  if (CURL.test(text)) {
    const { requestIn } = await import("./model/curl");
    const request = requestIn(text);
    return request !== null && pasteRequest(editor, request, at);
  }
  if (ADDRESS.test(text))
    return pasteRequest(editor, { params: { url: text.trim() }, signsIn: false }, at);
  const { dataIn } = await import("./model/data-text");
  const data = dataIn(text, name);
  if (data) return pasteData(editor, data, at);
  return pasteNote(editor, text, at);
}

/** Takes in the texts of dropped files, one below the other. */
export async function dropFiles(editor: Editor, files: readonly File[], at: XY): Promise<void> {
  for (const [index, file] of files.entries()) {
    const place: XY = [at[0], at[1] + index * 7 * GRID];
    if (file.size > MAX_FILE_BYTES) {
      toast(t("editor.drop.tooLarge", { name: file.name }), { key: "clipboard" });
      continue;
    }
    const text = await file.text();
    const taken = !text.includes("\0") && (await pasteText(editor, text, place, file.name));
    if (!taken) toast(t("editor.drop.refused", { name: file.name }), { key: "clipboard" });
  }
}

function pasteFragment(editor: Editor, text: string, at: XY): boolean {
  const fragment = parseFragment(text);
  if (!fragment || fragment.nodes.length + fragment.notes.length === 0) return false;
  const pasted = paste(documentOf(editor), fragment, at);
  editor.commit(t("editor.step.paste", { count: fragment.nodes.length }), () => pasted.document);
  select(editor.selection, [
    ...pasted.groups.map(groupElement),
    ...pasted.notes.map(noteElement),
    ...pasted.nodes,
  ]);
  return true;
}

const free = (editor: Editor, at: XY): XY =>
  freePlace(at, takenPlaces(documentOf(editor), editor.catalog.byType));

/** Fills in the HTTP Request node that is chosen, else adds one. */
function pasteRequest(editor: Editor, { params, signsIn }: ImportedRequest, at: XY): boolean {
  const spec = editor.catalog.byType(REQUEST_TYPE);
  if (!spec) return false;
  const filled = { ...spec.defaults, ...params };
  const chosen = currentNode(editor);
  const node = { ...newNode(documentOf(editor), spec, free(editor, at)), params: filled };
  editor.commit(t("editor.step.paste", { count: 1 }), (before) =>
    chosen?.type === REQUEST_TYPE ? setParams(before, chosen.id, filled) : addNode(before, node),
  );
  if (chosen?.type !== REQUEST_TYPE) select(editor.selection, [node.id]);
  if (signsIn) toast(t("editor.pastedSignIn"), { key: "clipboard" });
  return true;
}

/** Pins data to the Manual Trigger that is chosen or has none yet, else adds one that gives it. */
function pasteData(editor: Editor, { items, name }: ImportedData, at: XY): boolean {
  const spec = editor.catalog.byType(START_TYPE);
  if (!spec) return false;
  const document = documentOf(editor);
  const chosen = triggerForData(editor);
  const added = newNode(document, spec, free(editor, at));
  const named = name === null ? added : { ...added, name: freeName(name, namesIn(document)) };
  const pin = pinning(editor, chosen?.id ?? named.id, items);
  editor.commit(t("editor.step.pasteData", { count: items.length }), (before) =>
    pin(chosen ? before : addNode(before, named)),
  );
  select(editor.selection, [chosen?.id ?? named.id]);
  toast(t("editor.pastedData", { count: items.length }), { key: "clipboard" });
  return true;
}

function triggerForData(editor: Editor) {
  const { nodes, pins = {} } = documentOf(editor);
  const current = currentNode(editor);
  if (current?.type === START_TYPE) return current;
  return nodes.find(({ id, type }) => type === START_TYPE && pins[id] === undefined);
}

function pasteNote(editor: Editor, text: string, at: XY): boolean {
  const note = newNote(text.trim().slice(0, LONGEST_NOTE), free(editor, at));
  editor.commit(t("editor.step.addNote"), (document) => addNote(document, note));
  select(editor.selection, [noteElement(note.id)]);
  return true;
}
