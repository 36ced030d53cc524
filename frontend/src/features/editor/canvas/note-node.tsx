// A sticky note: Markdown to read, a text field to write, six colours, any size.

import { memo, useEffect, useRef } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { deferred } from "@/ui/deferred";
import { changeNote, NOTE_COLORS, NOTE_MIN_SIZE } from "../model/edit-notes";
import type { XY } from "../model/types";
import { useCommit, useDocumentState, useEditor, useEditorUi } from "../store";
import { type NodeProps, NodeResizer, type StickyNode } from "./rf";

const TINTS: Readonly<Record<string, string>> = {
  amber: "note-amber",
  violet: "note-violet",
  teal: "note-teal",
  blue: "note-blue",
  pink: "note-pink",
  slate: "note-slate",
};

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
  const resize = (position: XY, size: XY) =>
    commit(t("editor.step.resizeNote"), (document) =>
      changeNote(document, note.id, { position, size }),
    );
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
          <NodeResizer
            minWidth={NOTE_MIN_SIZE[0]}
            minHeight={NOTE_MIN_SIZE[1]}
            onResizeEnd={(_, { x, y, width, height }) =>
              resize([Math.round(x), Math.round(y)], [Math.round(width), Math.round(height)])
            }
          />
          <NoteColors id={note.id} color={note.color} />
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

function NoteColors({ id, color }: { readonly id: string; readonly color: string }) {
  const commit = useCommit();
  const paint = (next: string) =>
    commit(t("editor.step.editNote"), (document) => changeNote(document, id, { color: next }));
  return (
    <div className="nodrag absolute -top-10 start-0 flex gap-1 rounded-control border border-line bg-raised p-1 shadow-panel">
      {NOTE_COLORS.map((name) => (
        <button
          key={name}
          type="button"
          tabIndex={-1}
          aria-label={t(`editor.color.${name}`)}
          aria-pressed={name === color}
          onClick={() => paint(name)}
          className={cx(
            "size-6 rounded-small border border-line note-swatch aria-pressed:border-fg",
            TINTS[name],
          )}
        />
      ))}
    </div>
  );
}
