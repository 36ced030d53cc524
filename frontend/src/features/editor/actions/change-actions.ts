// Undo, rename, disable, pin, duplicate, delete.

import { Copy, Pencil, Pin, Power, Redo2, Trash2, Undo2 } from "lucide-react";
import type { Action } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { duplicateSelection } from "../clipboard-operations";
import type { Editor } from "../editor-context";
import {
  currentNode,
  deleteSelection,
  pinOutput,
  toggleDisabled,
  undoOrRedo,
  unpin,
} from "../operations";
import { isGroupElement, isNoteElement } from "../selection";
import { canEdit } from "./can-edit";

export function changeActions(editor: Editor): readonly Action[] {
  const base = { group: t("editor.group.change"), scope: "canvas", when: canEdit(editor) } as const;
  const rename = () => {
    const { focused } = editor.selection.getState();
    const node = currentNode(editor);
    const isFrame = focused !== null && (isNoteElement(focused) || isGroupElement(focused));
    if (isFrame) editor.ui.setState({ renaming: focused });
    else if (node) editor.ui.setState({ renaming: node.id });
  };
  const pin = () => {
    const node = currentNode(editor);
    if (!node) return;
    if (editor.docStore.getState().document.pins?.[node.id]) unpin(editor, node.id);
    else pinOutput(editor, node.id);
  };
  return [
    {
      ...base,
      id: "editor.undo",
      label: t("editor.undo"),
      icon: Undo2,
      keys: ["mod+z"],
      scope: "page",
      run: () => undoOrRedo(editor, "undo"),
    },
    {
      ...base,
      id: "editor.redo",
      label: t("editor.redo"),
      icon: Redo2,
      keys: ["mod+shift+z", "mod+y"],
      scope: "page",
      run: () => undoOrRedo(editor, "redo"),
    },
    {
      ...base,
      id: "editor.rename",
      label: t("common.rename"),
      icon: Pencil,
      keys: ["f2"],
      run: rename,
    },
    {
      ...base,
      id: "editor.disable",
      label: t("editor.toggleDisabled"),
      icon: Power,
      keys: ["d"],
      run: () => toggleDisabled(editor),
    },
    { ...base, id: "editor.pin", label: t("editor.togglePin"), icon: Pin, keys: ["y"], run: pin },
    {
      ...base,
      id: "editor.duplicate",
      label: t("editor.duplicate"),
      icon: Copy,
      keys: ["mod+d"],
      run: () => void duplicateSelection(editor),
    },
    {
      ...base,
      id: "editor.delete",
      label: t("editor.deleteHealing"),
      icon: Trash2,
      keys: ["delete", "backspace"],
      run: () => deleteSelection(editor, true),
    },
    {
      ...base,
      id: "editor.deleteGap",
      label: t("editor.deleteGap"),
      icon: Trash2,
      keys: ["shift+delete", "shift+backspace"],
      run: () => deleteSelection(editor, false),
    },
  ];
}
