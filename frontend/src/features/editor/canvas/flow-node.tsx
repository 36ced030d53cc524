// A node's card. The shell reads the run and draws the ring; the body is drawn once per edit.

import { type ComponentProps, memo, useState } from "react";
import { type NodeRun, useNodeProgress, useNodeRun } from "@/features/runs";
import { runAction } from "@/lib/actions";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { statusLook } from "@/lib/status";
import { calledBy } from "../model/drill";
import { firstLine } from "../model/plain-text";
import { problemsOf, worst } from "../model/problems";
import { inspect } from "../operations";
import { useDocument, useDocumentState, useEditor, useEditorUi } from "../store";
import { useDimmed } from "./connecting";
import { SlotRow, StreamBox, SubBody } from "./deferred-agents";
import { NodeTools } from "./deferred-nodes";
import { LoopBadge } from "./loop-badge";
import { NodeBody } from "./node-body";
import { NodePorts } from "./node-ports";
import { NodeStatusRow, warningOf } from "./node-status";
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
      aria-description={node.notes && firstLine(node.notes)}
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
        geometry.isSub && "node-sub",
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
      <Inside
        data={data}
        run={run}
        stale={stale}
        severity={severity}
        pinned={pinned}
        catalog={editor.catalog}
      />
      <NodePorts geometry={geometry} />
      <LoopBadge node={node} run={run} />
      {hovered && !readOnly && <NodeTools id={id} />}
    </div>
  );
});

type InsideProps = Omit<ComponentProps<typeof NodeBody>, "node" | "spec"> & {
  readonly data: CardNode["data"];
  readonly run: NodeRun | undefined;
  readonly stale: boolean;
};

/** What is written on the card; an agent also has what it says and its slots. */
function Inside({ data, run, stale, ...looks }: InsideProps) {
  const { node, spec, geometry } = data;
  const slots = geometry.slots.length > 0 && <SlotRow id={node.id} slots={geometry.slots} />;
  if (geometry.isSub) {
    return (
      <>
        <SubBody node={node} spec={spec} {...looks} />
        {slots}
      </>
    );
  }
  return (
    <>
      <NodeBody node={node} spec={spec} {...looks} />
      {slots && <StreamBox node={node} />}
      <NodeStatusRow
        run={run}
        missing={!spec}
        disabled={node.disabled ?? false}
        stale={stale}
        id={node.id}
      />
      {slots}
    </>
  );
}

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
