// Copying, pasting and duplicating: keys, menus and the canvas call these.

import type { Editor } from "./editor-context";
import { fragmentOf } from "./model/fragment";
import { GRID } from "./model/geometry";
import type { XY } from "./model/types";
import { currentNode, nodesInQuestion } from "./operations";
import { selectedNotes } from "./selection";

const PASTE_OFFSET = 2 * GRID;

const pasting = () => import("./paste-operations");

export function selectionAsText(editor: Editor): string | null {
  const nodes = new Set(nodesInQuestion(editor));
  const notes = new Set(selectedNotes(editor.selection.getState()));
  if (nodes.size + notes.size === 0) return null;
  return JSON.stringify(fragmentOf(editor.docStore.getState().document, nodes, notes), null, 2);
}

/** Takes in a text, see `paste-operations`; false where there is nothing to take. */
export async function pasteText(editor: Editor, text: string, at: XY): Promise<boolean> {
  return (await pasting()).pasteText(editor, text, at);
}

export async function dropFiles(editor: Editor, files: readonly File[], at: XY): Promise<void> {
  return (await pasting()).dropFiles(editor, files, at);
}

/** Settled when the copies are there. */
export async function duplicateSelection(editor: Editor): Promise<void> {
  const text = selectionAsText(editor);
  const [x, y] = currentNode(editor)?.position ?? [0, 0];
  if (text !== null) await pasteText(editor, text, [x + PASTE_OFFSET, y + PASTE_OFFSET]);
}
