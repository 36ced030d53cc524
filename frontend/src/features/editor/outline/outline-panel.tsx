// The second, equal view of the graph: a tree in reading order in which everything can be done by keys.

import "@/lib/messages/noted";
import { Plus, Settings2, Trash2 } from "lucide-react";
import { useMemo, useRef } from "react";
import { NodeTile } from "@/features/palette";
import { useNodeRun } from "@/features/runs";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { statusLook } from "@/lib/status";
import { toneText } from "@/ui/chip";
import { Icon } from "@/ui/icon";
import { IconButton } from "@/ui/icon-button";
import { type OutlineRow, outlineOf } from "../model/outline";
import { firstLine } from "../model/plain-text";
import { problemsOf, worst } from "../model/problems";
import { deleteSelection, firstOutput, inspect, openQuickAdd } from "../operations";
import { select } from "../selection";
import { useDocument, useDocumentState, useEditor, useSelectionSlice } from "../store";
import { OutlineExtras } from "./outline-extras";
import { useTreeKeys } from "./use-tree-keys";

export function OutlinePanel() {
  const editor = useEditor();
  const document = useDocument((whole) => whole);
  const rows = useMemo(() => outlineOf(document, editor.catalog.byType), [document, editor]);
  const tree = useRef<HTMLDivElement>(null);
  const onKeyDown = useTreeKeys(editor, tree);
  return (
    <section
      aria-label={t("editor.outline")}
      data-scope="canvas"
      className="flex h-full min-h-0 flex-col"
    >
      <header className="flex h-11 items-center justify-between border-b border-line px-4">
        <h2 className="text-base font-medium">{t("editor.outline")}</h2>
        <span className="text-fg-subtle">
          {t("editor.nodeCount", { count: document.nodes.length })}
        </span>
      </header>
      {rows.length === 0 ? (
        <p className="p-4 text-fg-muted">{t("editor.outlineEmpty")}</p>
      ) : (
        <div
          ref={tree}
          role="tree"
          aria-label={t("editor.outline")}
          tabIndex={-1}
          onKeyDown={onKeyDown}
          className="min-h-0 flex-1 overflow-y-auto p-2 focus-visible:outline-none"
        >
          {rows.map((row, index) =>
            row.kind === "branch" ? (
              <BranchRow key={row.id} row={row} />
            ) : (
              <NodeRow key={row.id} row={row} isFirst={index === 0} />
            ),
          )}
          <OutlineExtras />
        </div>
      )}
    </section>
  );
}

const INDENT_REM = 0.75;
const indent = (depth: number) => ({ paddingInlineStart: `${0.5 + depth * INDENT_REM}rem` });

function BranchRow({ row }: { readonly row: Extract<OutlineRow, { kind: "branch" }> }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: a heading among the tree's items takes no focus.
    <div
      role="treeitem"
      aria-level={row.depth + 1}
      aria-selected={false}
      aria-disabled
      style={indent(row.depth)}
      className="flex h-7 items-center gap-1.5 text-xs text-fg-subtle"
    >
      <span aria-hidden="true">↳</span>
      {row.label}
    </div>
  );
}

type NodeRowProps = {
  readonly row: Extract<OutlineRow, { kind: "node" }>;
  readonly isFirst: boolean;
};

function NodeRow({ row, isFirst }: NodeRowProps) {
  const editor = useEditor();
  const { node, depth, next } = row;
  const selected = useSelectionSlice(({ elements }) => elements.has(node.id));
  const isStop = useSelectionSlice(
    ({ focused }) => focused === node.id || (focused === null && isFirst),
  );
  const readOnly = useDocumentState((state) => state.readOnly);
  const severity = useDocumentState((state) => worst(problemsOf(state.problems, node.id)));
  const spec = editor.catalog.byType(node.type);
  const following =
    next.length > 0 ? t("editor.next", { names: next.join(", ") }) : t("editor.end");
  const notes = node.notes ? t("noted.of", { text: firstLine(node.notes) }) : null;
  const label = [node.name, spec?.title ?? t("editor.missingType"), following, notes];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the canvas's actions, Enter among them.
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={selected}
      aria-label={label.filter((part) => part !== null).join(", ")}
      data-row={node.id}
      tabIndex={isStop ? 0 : -1}
      style={indent(depth)}
      onClick={() => select(editor.selection, [node.id])}
      onDoubleClick={() => inspect(editor, node.id)}
      onFocus={() => editor.selection.setState({ focused: node.id })}
      className={cx(
        "group flex min-h-12 items-center gap-2.5 rounded-control pe-2",
        selected ? "bg-accent-soft" : "hover:bg-hover",
        node.disabled && "opacity-60",
      )}
    >
      <NodeTile catalog={editor.catalog} spec={spec} size="small" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{node.name}</span>
        <span className="block truncate text-xs text-fg-subtle">{following}</span>
        {notes && <span className="block truncate pb-1 text-xs text-fg-muted">{notes}</span>}
      </span>
      {!readOnly && <RowTools id={node.id} />}
      {severity === "error" && <span className="text-xs text-error">{t("editor.hasError")}</span>}
      <RowStatus id={node.id} />
    </div>
  );
}

function RowStatus({ id }: { readonly id: string }) {
  const run = useNodeRun(id);
  if (!run) return null;
  const { icon, label, tone } = statusLook(run.status);
  return <Icon icon={icon} label={label} className={toneText[tone]} />;
}

function RowTools({ id }: { readonly id: string }) {
  const editor = useEditor();
  const node = useDocument((document) => document.nodes.find((candidate) => candidate.id === id));
  const from = firstOutput(editor, node);
  return (
    <span className="hidden group-focus-within:flex group-hover:flex">
      {from && (
        <IconButton
          icon={Plus}
          size="small"
          tabIndex={-1}
          label={t("editor.addAfter")}
          onClick={() => openQuickAdd(editor, { from })}
        />
      )}
      <IconButton
        icon={Settings2}
        size="small"
        tabIndex={-1}
        label={t("editor.open")}
        onClick={() => inspect(editor, id)}
      />
      <IconButton
        icon={Trash2}
        size="small"
        tabIndex={-1}
        label={t("common.delete")}
        onClick={() => {
          select(editor.selection, [id]);
          deleteSelection(editor, true);
        }}
      />
    </span>
  );
}
