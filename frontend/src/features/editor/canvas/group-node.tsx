// A group: a tinted frame with a title around its nodes, or one tile that stands for all of them.

import { ChevronsDownUp, ChevronsUpDown, Group, Ungroup } from "lucide-react";
import { memo, useEffect, useRef } from "react";
import { useGroupRun } from "@/features/runs";
import { cx } from "@/lib/cx";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import { statusLook } from "@/lib/status";
import { toneText } from "@/ui/chip";
import { Icon } from "@/ui/icon";
import type { Editor } from "../editor-context";
import { paintGroup, renameGroup, selectGroup, toggleFold, ungroup } from "../group-operations";
import type { WorkflowGroup } from "../model/types";
import { useDocumentState, useEditor, useEditorUi } from "../store";
import { ColorSwatches, TINTS } from "./color-swatches";
import { FOLDED_PORTS, type FrameNode, Handle, type NodeProps, Position } from "./rf";

export const GroupNode = memo(function GroupNode({ id, data, selected }: NodeProps<FrameNode>) {
  const { group, folded } = data;
  const editor = useEditor();
  const readOnly = useDocumentState((state) => state.readOnly);
  const toggle = () => toggleFold(editor, group);
  const count = t("editor.nodeCount", { count: group.nodes.length });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a frame on a canvas is no <fieldset>.
    <div
      role="group"
      aria-roledescription={t("editor.groups.role")}
      aria-label={`${group.title}, ${count}`}
      tabIndex={-1}
      data-node={id}
      className={cx(
        folded ? "group-tile node-card" : "group-frame",
        TINTS[group.color] ?? "note-violet",
        selected && "node-selected",
      )}
      onFocus={() => editor.selection.setState({ focused: id })}
      onDoubleClick={folded ? toggle : undefined}
    >
      {selected && !readOnly && (
        <ColorSwatches
          color={group.color}
          onPaint={(color) => paintGroup(editor, group.id, color)}
        />
      )}
      {folded ? (
        <Tile id={id} group={group} count={count} onOpen={toggle} />
      ) : (
        <TitleBar id={id} group={group} readOnly={readOnly} selected={selected} onFold={toggle} />
      )}
    </div>
  );
});

// The frame around it lets the pointer through.
const CATCHES_POINTER = { pointerEvents: "auto" } as const;

type TitleProps = {
  readonly id: string;
  readonly group: WorkflowGroup;
  readonly readOnly: boolean;
  readonly selected: boolean;
  readonly onFold: () => void;
};

function TitleBar({ id, group, readOnly, selected, onFold }: TitleProps) {
  const editor = useEditor();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys act on the focused group through the action list.
    // biome-ignore lint/a11y/noStaticElementInteractions: the frame around it is the focusable element.
    <div
      style={CATCHES_POINTER}
      className="group-title flex h-9 cursor-grab items-center gap-1 px-3"
      onClick={() => selectGroup(editor, group)}
      onDoubleClick={() => !readOnly && editor.ui.setState({ renaming: id })}
    >
      <Title id={id} group={group} />
      <span className="ms-auto flex">
        {selected && !readOnly && (
          <FrameButton
            icon={Ungroup}
            label={t("editor.groups.ungroup")}
            onClick={() => ungroup(editor)}
          />
        )}
        <FrameButton icon={ChevronsDownUp} label={t("editor.groups.foldThis")} onClick={onFold} />
      </span>
    </div>
  );
}

function Title({ id, group }: { readonly id: string; readonly group: WorkflowGroup }) {
  const editor = useEditor();
  const writing = useEditorUi((ui) => ui.renaming === id);
  return writing ? (
    <TitleField editor={editor} group={group} />
  ) : (
    <span className="node-text truncate text-sm font-semibold">
      {group.title || t("editor.groups.untitled")}
    </span>
  );
}

function TitleField({ editor, group }: { readonly editor: Editor; readonly group: WorkflowGroup }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <input
      ref={field}
      aria-label={t("editor.groups.title")}
      value={group.title}
      maxLength={200}
      onChange={(event) => renameGroup(editor, group.id, event.target.value)}
      onBlur={() => editor.ui.setState({ renaming: null })}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape" || event.key === "Enter") editor.ui.setState({ renaming: null });
      }}
      className="nodrag min-w-0 flex-1 bg-transparent text-sm font-semibold outline-none"
    />
  );
}

type ButtonProps = {
  readonly icon: typeof Group;
  readonly label: string;
  readonly onClick: () => void;
};

function FrameButton({ icon, label, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      title={label}
      onClick={(event) => {
        event.stopPropagation();
        onClick();
      }}
      className="nodrag flex size-6 items-center justify-center rounded-small text-fg-muted hover:bg-hover hover:text-fg"
    >
      <Icon icon={icon} size={14} />
    </button>
  );
}

type TileProps = {
  readonly id: string;
  readonly group: WorkflowGroup;
  readonly count: string;
  readonly onOpen: () => void;
};

/** The worst of its members' states, and how many of them are done. */
function Tile({ id, group, count, onOpen }: TileProps) {
  const { status, done } = useGroupRun(group.nodes);
  const look = status && statusLook(status);
  return (
    <>
      <div className="flex items-center gap-2.5 px-3 pt-3" data-status={status}>
        <span className="group-mark flex size-9 shrink-0 items-center justify-center rounded-control">
          <Icon icon={Group} size={18} />
        </span>
        <div className="min-w-0 flex-1">
          <Title id={id} group={group} />
          <p className="node-detail truncate text-2xs text-fg-subtle">{count}</p>
        </div>
        <FrameButton icon={ChevronsUpDown} label={t("editor.groups.openThis")} onClick={onOpen} />
      </div>
      {look && (
        <p className="node-status flex h-9 items-center gap-1.5 px-3 text-2xs font-medium">
          <Icon icon={look.icon} size={13} className={toneText[look.tone]} />
          <span className={cx("truncate", toneText[look.tone])}>{look.label}</span>
          <span className="ms-auto font-normal text-fg-subtle">
            {t("editor.groups.done", {
              done: formatNumber(done),
              count: formatNumber(group.nodes.length),
            })}
          </span>
        </p>
      )}
      <Handle
        id={FOLDED_PORTS.in}
        type="target"
        position={Position.Left}
        className="port"
        style={{ left: 0, top: "50%" }}
      />
      <Handle
        id={FOLDED_PORTS.out}
        type="source"
        position={Position.Right}
        className="port"
        style={{ left: "100%", top: "50%" }}
      />
    </>
  );
}
