// A sticky note: Markdown to read, a text field to write, six colours, any size.

import { memo, useEffect, useRef } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { deferred } from "@/ui/deferred";
import { changeNote, NOTE_MIN_SIZE } from "../model/edit-notes";
import type { XY } from "../model/types";
import { useCommit, useDocumentState, useEditor, useEditorUi } from "../store";
import { ColorSwatches, TINTS } from "./color-swatches";
import { ResizeCorner } from "./resize-corner";
import type { NodeProps, StickyNode } from "./rf";

/** Until it is there, a note is the text that was written. */
const Markdown = deferred(
  () => import("@/ui/markdown").then((module) => module.Markdown),
  ({ text }) => text,
);

export const NoteNode = memo(function NoteNode({ id, data, selected }: NodeProps<StickyNode>) {
  const { note } = data;
  const editor = useEditor();
  const commit = useCommit();
  const writing = useEditorUi((ui) => ui.renaming === id);
  const readOnly = useDocumentState((state) => state.readOnly);
  const edit = () => {
    if (!readOnly) editor.ui.setState({ renaming: id });
  };
  const resize = (size: XY) =>
    commit(t("editor.step.resizeNote"), (document) => changeNote(document, note.id, { size }));
  const paint = (color: string) =>
    commit(t("editor.step.editNote"), (document) => changeNote(document, note.id, { color }));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a note on a canvas is no <fieldset>.
    <div
      role="group"
      aria-roledescription={t("editor.noteRole")}
      aria-label={note.text || t("editor.emptyNote")}
      tabIndex={-1}
      data-node={id}
      className={cx("note-card", TINTS[note.color] ?? "note-amber", selected && "node-selected")}
      onFocus={() => editor.selection.setState({ focused: id })}
      onDoubleClick={edit}
    >
      {selected && !readOnly && (
        <>
          <ResizeCorner
            id={id}
            size={note.size}
            least={NOTE_MIN_SIZE}
            label={t("editor.resizeNote")}
            onEnd={resize}
          />
          <ColorSwatches color={note.color} onPaint={paint} />
        </>
      )}
      {writing ? (
        <NoteEditor id={note.id} text={note.text} />
      ) : (
        <div className="h-full overflow-hidden whitespace-pre-wrap">
          {note.text === "" ? (
            <p className="text-fg-subtle">{t("editor.noteHint")}</p>
          ) : (
            <Markdown text={note.text} />
          )}
        </div>
      )}
    </div>
  );
});

function NoteEditor({ id, text }: { readonly id: string; readonly text: string }) {
  const { ui } = useEditor();
  const commit = useCommit();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const write = (value: string) =>
    commit(t("editor.step.editNote"), (document) => changeNote(document, id, { text: value }), {
      key: `note:${id}`,
    });
  return (
    <textarea
      ref={field}
      aria-label={t("editor.noteText")}
      value={text}
      onChange={(event) => write(event.target.value)}
      onBlur={() => ui.setState({ renaming: null })}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") ui.setState({ renaming: null });
      }}
      className="nodrag nowheel size-full resize-none bg-transparent outline-none"
    />
  );
}
