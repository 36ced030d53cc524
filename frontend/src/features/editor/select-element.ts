// Selects what a row of the outline stands for: a node, a note, or a group with its members.

import type { Editor } from "./editor-context";
import { selectGroup } from "./group-operations";
import { groupById } from "./model/groups";
import { groupIdOf, isGroupElement, select } from "./selection";

export function selectElement(editor: Editor, element: string): void {
  const group = isGroupElement(element)
    ? groupById(editor.docStore.getState().document, groupIdOf(element))
    : undefined;
  if (group) selectGroup(editor, group);
  else select(editor.selection, [element]);
}
