// The bar at the top left of the canvas: add, outline, note, tidy, undo, redo.

import { Blocks, ListTree, Plus, Redo2, StickyNote, Undo2, WandSparkles } from "lucide-react";
import { runAction } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { Keys } from "@/ui/kbd";
import { useDocumentState, useEditorUi } from "../store";

export function CanvasToolbar() {
  const left = useEditorUi((ui) => ui.left);
  const canUndo = useDocumentState((state) => state.history.past.length > 0);
  const canRedo = useDocumentState((state) => state.history.future.length > 0);
  const readOnly = useDocumentState((state) => state.readOnly);
  const outline = (
    <IconButton
      icon={ListTree}
      label={t("editor.outline")}
      keys="o"
      pressed={left === "outline"}
      onClick={() => runAction("editor.outline")}
    />
  );
  const frame =
    "flex items-center gap-0.5 rounded-panel border border-line bg-surface p-1 shadow-panel";
  if (readOnly) return <div className={frame}>{outline}</div>;
  return (
    <div role="toolbar" aria-label={t("editor.toolbar")} className={frame}>
      <Button
        variant="primary"
        icon={Plus}
        onClick={() => runAction("editor.quickAdd")}
        className="me-1"
        aria-keyshortcuts="N"
      >
        <span className="max-sm:sr-only">{t("editor.addNode")}</span>
        <span className="max-sm:hidden">
          <Keys chord="n" inverted />
        </span>
      </Button>
      <IconButton
        icon={Blocks}
        label={t("editor.palettePanel")}
        keys="p"
        pressed={left === "palette"}
        onClick={() => runAction("editor.palette")}
        className="max-sm:hidden"
      />
      {outline}
      <IconButton
        icon={StickyNote}
        label={t("editor.addNote")}
        keys="s"
        onClick={() => runAction("editor.note")}
        className="max-sm:hidden"
      />
      <IconButton
        icon={WandSparkles}
        label={t("editor.tidy")}
        keys="shift+t"
        onClick={() => runAction("editor.tidy")}
        className="max-sm:hidden"
      />
      <span aria-hidden className="mx-1 h-5 w-px bg-line" />
      <IconButton
        icon={Undo2}
        label={t("editor.undo")}
        keys="mod+z"
        disabled={!canUndo}
        onClick={() => runAction("editor.undo")}
      />
      <IconButton
        icon={Redo2}
        label={t("editor.redo")}
        keys="mod+shift+z"
        disabled={!canRedo}
        onClick={() => runAction("editor.redo")}
      />
    </div>
  );
}
