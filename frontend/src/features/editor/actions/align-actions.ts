// Lining up and spreading the selection: Alt+A, then a letter.

import { AlignHorizontalSpaceAround } from "lucide-react";
import type { Action } from "@/lib/actions";
import { t } from "@/lib/i18n";
import type { Editor } from "../editor-context";
import { type Alignment, align } from "../model/align";
import { takenPlaces } from "../model/edit-graph";
import { moveElements, nodesInQuestion } from "../operations";
import { canEdit } from "./can-edit";

const ALIGNMENTS: readonly (readonly [Alignment, string])[] = [
  ["left", "l"],
  ["right", "r"],
  ["top", "t"],
  ["bottom", "b"],
  ["horizontal", "h"],
  ["vertical", "v"],
];

export function alignActions(editor: Editor): readonly Action[] {
  const group = t("editor.group.align");
  return ALIGNMENTS.map(([how, key]) => ({
    id: `editor.align.${how}`,
    label: t(`editor.align.${how}`),
    icon: AlignHorizontalSpaceAround,
    group,
    scope: "canvas",
    keys: [`alt+a ${key}`],
    when: () => canEdit(editor)() && editor.selection.getState().elements.size > 1,
    run: () => alignSelection(editor, how),
  }));
}

function alignSelection(editor: Editor, how: Alignment): void {
  const { document } = editor.docStore.getState();
  const chosen = new Set(nodesInQuestion(editor));
  const rects = takenPlaces(document, editor.catalog.byType);
  const placed = document.nodes.flatMap(({ id }, index) => {
    const rect = rects[index];
    return rect && chosen.has(id) ? [{ id, ...rect }] : [];
  });
  moveElements(editor, align(placed, how));
}
