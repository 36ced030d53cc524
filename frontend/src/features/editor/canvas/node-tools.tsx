// The small bar above a card under the pointer. Everything on it has a key and a place in the outline.

import {
  ArrowRightToLine,
  Copy,
  type LucideIcon,
  Pin,
  PinOff,
  Plus,
  Power,
  Settings2,
  Trash2,
} from "lucide-react";
import { runAction } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { duplicateSelection } from "../clipboard-operations";
import type { Editor } from "../editor-context";
import { nodeById } from "../model/types";
import {
  deleteSelection,
  firstOutput,
  inspect,
  openQuickAdd,
  pinOutput,
  toggleDisabled,
  unpin,
} from "../operations";
import { select } from "../selection";
import { useDocument, useEditor } from "../store";

type Tool = { readonly icon: LucideIcon; readonly label: string; readonly run: () => void };

/** The list's own action is about the open node; a card's is about the card. */
function runPart(editor: Editor, id: string): void {
  if (editor.ui.getState().inspecting !== null) editor.ui.setState({ inspecting: id });
  runAction("editor.runToHere");
}

export function NodeTools({ id }: { readonly id: string }) {
  const editor = useEditor();
  const node = useDocument((document) => nodeById(document, id));
  const pinned = useDocument((document) => document.pins?.[id] !== undefined);
  const from = firstOutput(editor, node);
  const alone = (run: () => void) => () => {
    select(editor.selection, [id]);
    run();
  };
  const tools: readonly Tool[] = [
    { icon: ArrowRightToLine, label: t("editor.runToHere"), run: alone(() => runPart(editor, id)) },
    { icon: Settings2, label: t("editor.open"), run: () => inspect(editor, id) },
    ...(from
      ? [{ icon: Plus, label: t("editor.addAfter"), run: () => openQuickAdd(editor, { from }) }]
      : []),
    {
      icon: Power,
      label: node?.disabled ? t("editor.enable") : t("editor.disable"),
      run: () => toggleDisabled(editor, [id]),
    },
    ...(pinned
      ? [{ icon: PinOff, label: t("editor.unpin"), run: () => unpin(editor, id) }]
      : [{ icon: Pin, label: t("editor.pinInOutput"), run: () => pinOutput(editor, id) }]),
    { icon: Copy, label: t("editor.duplicate"), run: alone(() => void duplicateSelection(editor)) },
    { icon: Trash2, label: t("common.delete"), run: alone(() => deleteSelection(editor, true)) },
  ];
  return (
    <div className="node-tools nodrag nopan absolute -top-10 end-0 pb-2">
      <div className="flex rounded-control border border-line bg-raised p-0.5 shadow-panel">
        {tools.map(({ icon, label, run }) => (
          <button
            key={label}
            type="button"
            tabIndex={-1}
            aria-label={label}
            title={label}
            onClick={(event) => {
              event.stopPropagation();
              run();
            }}
            className="flex size-6 items-center justify-center rounded-small text-fg-muted hover:bg-hover hover:text-fg"
          >
            <Icon icon={icon} size={14} />
          </button>
        ))}
      </div>
    </div>
  );
}
