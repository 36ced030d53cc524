// The canvas: the document on React Flow, which draws and points; all facts live in our stores.

import "@/lib/messages/plugins";
import "@/lib/messages/editor";
import "@/lib/messages/groups";
import "@/lib/messages/runs";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { t } from "@/lib/i18n";
import { openQuickAdd } from "../operations";
import { useDocument, useDocumentState, useEditor, useEditorUi, useSelection } from "../store";
import "./canvas.css";
import { GRID, NODE_HEIGHT, NODE_WIDTH } from "../model/geometry";
import { topologicalOrder } from "../model/graph";
import { nodeById, type WorkflowDocument } from "../model/types";
import { GroupNode, NoteNode } from "./deferred-nodes";
import { FlowEdge } from "./flow-edge";
import { FlowNode } from "./flow-node";
import { useLevelOfDetail } from "./lod";
import { Projection } from "./projection";
import {
  Background,
  BackgroundVariant,
  type Camera,
  type CanvasNode,
  type EdgeTypes,
  MAX_ZOOM,
  MIN_ZOOM,
  type NodeTypes,
  ReactFlow,
  SelectionMode,
  useCamera,
  useFlowStore,
  type WireEdge,
} from "./rf";
import { useCanvasChanges } from "./use-canvas-changes";
import { useDrop } from "./use-drop";
import { useWires } from "./use-wires";

// Module-level, so that React Flow never mounts cards anew (rule R4).
const NODE_TYPES: NodeTypes = { card: FlowNode, note: NoteNode, "group-frame": GroupNode };
const EDGE_TYPES: EdgeTypes = { wire: FlowEdge };
const SNAP: [number, number] = [GRID, GRID];
const FIT_VIEW = { padding: 0.15, maxZoom: 1 };
const PHONE = "(max-width: 40rem)";
const SHOWN_ON_PHONE = 2;
const SHOWN_OF_MANY = 6;
const SETTLE_MS = 60;
const PAN_BUTTONS = [1, 2];
const CULL_FROM = 60;

export function Canvas() {
  const editor = useEditor();
  const camera = useCamera();
  const frame = useRef<HTMLDivElement>(null);
  const hintId = useId();
  useLevelOfDetail(frame);
  useFocusAtStart(frame);
  useSteadyCentre();
  useRevealInspected(camera);
  const document = useDocument((whole) => whole);
  const readOnly = useDocumentState((state) => state.readOnly);
  const selection = useSelection();
  const folds = useEditorUi((ui) => ui.folds);
  const [projection] = useState(() => new Projection());
  const { preview, onNodesChange, onEdgesChange, onNodeDragStop } = useCanvasChanges(editor);
  const wires = useWires(editor, camera);
  const nodes = useMemo(
    () => projection.nodes(document, editor.catalog.byType, selection, preview, folds),
    [projection, document, editor, selection, preview, folds],
  );
  const edges = useMemo(
    () => projection.edges(document, selection, folds),
    [projection, document, selection, folds],
  );

  const [firstView] = useState(() => firstViewOf(document));
  const dropping = useDrop(editor, camera);

  return (
    <>
      <p id={hintId} className="sr-only">
        {t("editor.canvasHint")}
      </p>
      <ReactFlow<CanvasNode, WireEdge>
        ref={frame}
        aria-label={t("editor.canvas", { name: document.name })}
        aria-describedby={hintId}
        tabIndex={0}
        data-scope="canvas"
        className="canvas"
        {...dropping}
        onDoubleClick={(event) => {
          const onPane =
            event.target instanceof Element && event.target.matches(".react-flow__pane");
          if (onPane && !readOnly) {
            openQuickAdd(editor, { at: camera.toCanvas([event.clientX, event.clientY]) });
          }
        }}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStop={onNodeDragStop}
        {...wires}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode="Shift"
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        panOnDrag={PAN_BUTTONS}
        panOnScroll
        zoomOnDoubleClick={false}
        snapToGrid
        snapGrid={SNAP}
        connectOnClick={false}
        connectionRadius={28}
        elevateNodesOnSelect={false}
        onlyRenderVisibleElements={document.nodes.length >= CULL_FROM}
        fitView
        fitViewOptions={firstView}
        minZoom={MIN_ZOOM}
        maxZoom={MAX_ZOOM}
        attributionPosition="bottom-center"
      >
        <Background variant={BackgroundVariant.Dots} gap={GRID} size={1} />
      </ReactFlow>
    </>
  );
}

/** Panels and docks resize the canvas: what was in its middle stays there. */
function useSteadyCentre(): void {
  const store = useFlowStore();
  useEffect(
    () =>
      store.subscribe((now, before) => {
        const x = (now.width - before.width) / 2;
        const y = (now.height - before.height) / 2;
        if (before.width > 0 && (x !== 0 || y !== 0)) void now.panBy({ x, y });
      }),
    [store],
  );
}

/** The dock takes room from the canvas: the node it is about stays in sight. */
function useRevealInspected(camera: Camera): void {
  const { docStore } = useEditor();
  const inspecting = useEditorUi((ui) => ui.inspecting);
  useEffect(() => {
    const node =
      inspecting === null ? undefined : nodeById(docStore.getState().document, inspecting);
    if (!node) return;
    const timer = setTimeout(
      () => camera.reveal(node.position, [NODE_WIDTH, NODE_HEIGHT]),
      SETTLE_MS,
    );
    return () => clearTimeout(timer);
  }, [camera, docStore, inspecting]);
}

/** All of it, notes too; of a large graph or on a phone its beginning, in a size that can be read. */
function firstViewOf(document: WorkflowDocument) {
  const isSmall = matchMedia(PHONE).matches;
  if (!isSmall && document.nodes.length <= CULL_FROM) return FIT_VIEW;
  const shown = isSmall ? SHOWN_ON_PHONE : SHOWN_OF_MANY;
  return { ...FIT_VIEW, nodes: topologicalOrder(document).slice(0, shown) };
}

/** Lets single keys work at once, without taking the focus from anybody. */
function useFocusAtStart(frame: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { activeElement, body } = frame.current?.ownerDocument ?? {};
    if (activeElement === body)
      frame.current?.focus({ preventScroll: true, focusVisible: false } as FocusOptions);
  }, [frame]);
}
