// Groups and notes at the end of the outline: what is drawn beside the graph is read beside it, too.

import { Group, StickyNote } from "lucide-react";
import { useMemo } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { toggleFold } from "../group-operations";
import { groupsOf } from "../model/groups";
import { firstLine } from "../model/plain-text";
import { selectElement } from "../select-element";
import { groupElement, noteElement } from "../selection";
import { useDocument, useEditor, useSelectionSlice } from "../store";

export function OutlineExtras() {
  const editor = useEditor();
  const document = useDocument((whole) => whole);
  const groups = useMemo(() => groupsOf(document), [document]);
  const notes = document.notes ?? [];
  return (
    <>
      {groups.length > 0 && <Heading text={t("editor.groups.outline")} />}
      {groups.map((group) => (
        <ExtraRow
          key={group.id}
          id={groupElement(group.id)}
          icon={Group}
          text={group.title || t("editor.groups.untitled")}
          detail={t("editor.nodeCount", { count: group.nodes.length })}
          onOpen={() => toggleFold(editor, group)}
        />
      ))}
      {notes.length > 0 && <Heading text={t("editor.notes.outline")} />}
      {notes.map((note) => (
        <ExtraRow
          key={note.id}
          id={noteElement(note.id)}
          icon={StickyNote}
          text={firstLine(note.text) || t("editor.emptyNote")}
          detail=""
          onOpen={() => editor.ui.setState({ renaming: noteElement(note.id) })}
        />
      ))}
    </>
  );
}

function Heading({ text }: { readonly text: string }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: a heading among the tree's items takes no focus.
    <div
      role="treeitem"
      aria-level={1}
      aria-selected={false}
      aria-disabled
      className="mt-2 flex h-7 items-center px-2 text-xs text-fg-subtle"
    >
      {text}
    </div>
  );
}

type RowProps = {
  readonly id: string;
  readonly icon: typeof Group;
  readonly text: string;
  readonly detail: string;
  readonly onOpen: () => void;
};

function ExtraRow({ id, icon, text, detail, onOpen }: RowProps) {
  const editor = useEditor();
  const selected = useSelectionSlice(({ elements }) => elements.has(id));
  const isStop = useSelectionSlice(({ focused }) => focused === id);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the canvas's actions, F2 and Delete among them.
    <div
      role="treeitem"
      aria-level={2}
      aria-selected={selected}
      aria-label={detail ? `${text}, ${detail}` : text}
      data-row={id}
      tabIndex={isStop ? 0 : -1}
      onClick={() => selectElement(editor, id)}
      onDoubleClick={onOpen}
      onFocus={() => editor.selection.setState({ focused: id })}
      className={cx(
        "flex min-h-9 items-center gap-2.5 rounded-control px-2",
        selected ? "bg-accent-soft" : "hover:bg-hover",
      )}
    >
      <Icon icon={icon} size={16} className="shrink-0 text-fg-subtle" />
      <span className="min-w-0 flex-1 truncate">{text}</span>
      {detail && <span className="shrink-0 text-xs text-fg-subtle">{detail}</span>}
    </div>
  );
}
