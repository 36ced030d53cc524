// A node's card. The shell reads the run and draws the ring; the body is drawn once per edit.

import { memo, useState } from "react";
import { type NodeRun, useNodeProgress, useNodeRun } from "@/features/runs";
import { runAction } from "@/lib/actions";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { statusLook } from "@/lib/status";
import { calledBy } from "../model/drill";
import { problemsOf, worst } from "../model/problems";
import { inspect } from "../operations";
import { useDocument, useDocumentState, useEditor, useEditorUi } from "../store";
import { useDimmed } from "./connecting";
import { LoopBadge } from "./loop-badge";
import { NodeBody } from "./node-body";
import { NodePorts } from "./node-ports";
import { NodeStatusRow, warningOf } from "./node-status";
import { NodeTools } from "./node-tools";
import { wireCounts } from "./projection";
import type { CardNode, NodeProps } from "./rf";

export const FlowNode = memo(function FlowNode({ id, data, selected }: NodeProps<CardNode>) {
  const { node, spec, geometry } = data;
  const editor = useEditor();
  const run = useNodeRun(id);
  const [hovered, setHovered] = useState(false);
  const readOnly = useDocumentState((state) => state.readOnly);
  const severity = useDocumentState((state) => worst(problemsOf(state.problems, id)));
  const pinned = useDocument((document) => document.pins?.[id] !== undefined);
  const dimmed = useDimmed(id);
  const stale = useEditorUi((ui) => run !== undefined && ui.stale.has(id));
  const inspected = useEditorUi((ui) => ui.inspecting === id);
  const label = useSpokenName(data, run);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card on a canvas is no <fieldset>.
    <div
      role="group"
      aria-roledescription={t("editor.nodeRole")}
      aria-label={label}
      tabIndex={-1}
      data-node={id}
      data-status={run?.status}
      data-warned={warningOf(run)}
      data-stale={stale || undefined}
      data-mark={editor.marks?.get(id)}
      className={cx(
        "node-card group/node",
        selected && "node-selected",
        inspected && "node-inspected",
        node.disabled && "node-disabled",
        !spec && "node-missing",
        dimmed && "node-dimmed",
      )}
      onFocus={() => editor.selection.setState({ focused: id })}
      onDoubleClick={(event) => {
        if (isOnTile(event.target) && calledBy(node) !== null) runAction("editor.drillIn");
        else inspect(editor, id);
      }}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <NodeBody
        node={node}
        spec={spec}
        catalog={editor.catalog}
        severity={severity}
        pinned={pinned}
      />
      <NodeStatusRow
        run={run}
        missing={!spec}
        disabled={node.disabled ?? false}
        stale={stale}
        id={id}
      />
      {geometry.slots.length > 0 && (
        <div className="node-detail absolute inset-x-0 bottom-0 flex h-7 items-center border-t border-line text-2xs text-fg-muted">
          {geometry.slots.map((slot) => (
            <span key={slot.id} className="flex-1 text-center">
              {slot.label || slot.id}
            </span>
          ))}
        </div>
      )}
      <NodePorts geometry={geometry} />
      <LoopBadge node={node} run={run} />
      {hovered && !readOnly && <NodeTools id={id} />}
    </div>
  );
});

const isOnTile = (target: EventTarget): boolean =>
  target instanceof Element && target.closest("[data-tile]") !== null;

/** What a screen reader says: name, type, state, wires. */
function useSpokenName({ node, spec }: CardNode["data"], run: NodeRun | undefined): string {
  const inputs = useDocument((document) => wireCounts(document, node.id).inputs);
  const outputs = useDocument((document) => wireCounts(document, node.id).outputs);
  const progress = useNodeProgress(node.id);
  const state = node.disabled
    ? t("editor.disabled")
    : run
      ? `${statusLook(run.status).label} ${progress?.text ?? ""}`.trim()
      : t("editor.notRun");
  return t("editor.nodeLabel", {
    name: node.name,
    type: spec?.title ?? t("editor.missingType"),
    state,
    inputs,
    outputs,
  });
}
