// Adding, connecting, laying out.

import { Blocks, Plus, Spline, StickyNote, WandSparkles } from "lucide-react";
import type { Action } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import type { Camera } from "../canvas/rf";
import { tidyInBackground } from "../canvas/tidy-in-background";
import type { Editor } from "../editor-context";
import { connectMode } from "../keyboard-connect";
import {
  addNoteAt,
  attachToCurrent,
  canAttach,
  moveElements,
  quickAddAfter,
  quickAddBefore,
} from "../operations";
import { canEdit } from "./can-edit";

export function buildActions(editor: Editor, camera: Camera): readonly Action[] {
  const group = t("editor.group.build");
  const base = { group, scope: "canvas", when: canEdit(editor) } as const;
  return [
    {
      ...base,
      id: "editor.quickAdd",
      label: t("editor.addNode"),
      icon: Plus,
      keys: ["n", "/"],
      run: () => quickAddAfter(editor),
    },
    {
      ...base,
      id: "editor.quickAddBefore",
      label: t("editor.addBefore"),
      icon: Plus,
      keys: ["shift+n"],
      run: () => quickAddBefore(editor),
    },
    {
      ...base,
      id: "editor.attach",
      label: t("editor.attach"),
      icon: Blocks,
      keys: ["a"],
      when: () => base.when() && canAttach(editor),
      run: () => attachToCurrent(editor),
    },
    {
      ...base,
      id: "editor.note",
      label: t("editor.addNote"),
      icon: StickyNote,
      keys: ["s"],
      run: () => addNoteAt(editor, camera.centre()),
    },
    {
      ...base,
      id: "editor.connect",
      label: t("editor.connect"),
      icon: Spline,
      keys: ["c"],
      run: () => connectMode.start(editor),
    },
    {
      ...base,
      id: "editor.disconnect",
      label: t("editor.disconnect"),
      icon: Spline,
      keys: ["shift+c"],
      run: () => connectMode.startRemoving(editor),
    },
    {
      ...base,
      id: "editor.tidy",
      label: t("editor.tidy"),
      icon: WandSparkles,
      keys: ["shift+t"],
      run: () => void tidyUp(editor, camera),
    },
  ];
}

async function tidyUp(editor: Editor, camera: Camera): Promise<void> {
  const { document } = editor.docStore.getState();
  const { elements } = editor.selection.getState();
  try {
    moveElements(editor, await tidyInBackground(document, editor.catalog.byType, elements));
    requestAnimationFrame(() => camera.fit());
  } catch {
    toast(t("editor.tidyFailed"), { kind: "error" });
  }
}
