// Everything below the top bar: panels at the left, the canvas with what floats on it, docks.

import "@/lib/messages/plugins";
import "@/lib/messages/editor";
import "@/lib/messages/groups";
import "@/lib/messages/palette";
import "@/lib/messages/runs";
import { type ReactNode, useRef, useState } from "react";
import { PalettePanel } from "@/features/palette";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { SplitHandle } from "@/ui/split-pane";
import { NodeFinder } from "./actions/node-finder";
import { useEditorActions } from "./actions/use-editor-actions";
import { Canvas } from "./canvas/canvas";
import { CanvasToolbar } from "./canvas/canvas-toolbar";
import { EmptyCanvas, Minimap, QuickAddHost } from "./canvas/deferred";
import { NodeMenu } from "./canvas/node-menu";
import { ZoomBar } from "./canvas/zoom-bar";
import { ExtractDialog, FindDialog, ProblemsDialog } from "./dialogs/deferred";
import { addOfType, currentNode, firstOutput } from "./operations";
import { OutlinePanel } from "./outline/deferred";
import { RenameHost } from "./rename-host";
import { SchedulesDialog } from "./schedules/deferred";
import { useDocument, useDocumentState, useEditor, useEditorUi } from "./store";
import { useClipboard } from "./use-clipboard";

export type InspectorPlace = "dock" | "side" | "full";

type Props = {
  /** The inspector of the inspected node, and where it wants to be. */
  readonly inspector: ReactNode;
  readonly place: InspectorPlace;
  /** The log, shown in the dock when asked for. */
  readonly log: ReactNode;
  /** The chat, at the right when asked for. */
  readonly chat?: ReactNode;
  /** Floats at the top right: the run's chip. */
  readonly corner: ReactNode;
  /** Floats at the bottom right above the minimap. */
  readonly aside?: ReactNode;
  /** Stands below everything, the replay of a run; told whether a dock is open. */
  readonly footer?: (isDocked: boolean) => ReactNode;
};

export function EditorWorkspace({ inspector, place, log, chat, corner, aside, footer }: Props) {
  const chats = useEditorUi((ui) => ui.chat);
  const inspecting = useEditorUi((ui) => ui.inspecting !== null);
  const logs = useEditorUi((ui) => ui.logs);
  const left = useEditorUi((ui) => ui.left);
  const docked = logs ? log : inspecting && place === "dock" ? inspector : null;
  useEditorActions();
  useClipboard();
  return (
    <div className="relative flex h-full min-h-0">
      {left !== "none" && <LeftPanel />}
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="relative min-h-0 flex-1">
          <NodeMenu>
            <Canvas />
          </NodeMenu>
          <EmptyCanvas />
          <Floating corner={corner} aside={aside} tight={Boolean(docked)} />
        </div>
        {docked && <Dock>{docked}</Dock>}
        {footer?.(Boolean(docked))}
      </div>
      {inspecting && place === "side" && (
        <div className="w-105 shrink-0 border-s border-line bg-surface">{inspector}</div>
      )}
      {chats && chat}
      {inspecting && place === "full" && (
        <div className="absolute inset-0 z-30 bg-surface">{inspector}</div>
      )}
      <Dialogs />
    </div>
  );
}

function LeftPanel() {
  const editor = useEditor();
  const left = useEditorUi((ui) => ui.left);
  const readOnly = useDocumentState((state) => state.readOnly);
  return (
    <div className="w-66 shrink-0 border-e border-line bg-surface max-sm:absolute max-sm:inset-y-0 max-sm:start-0 max-sm:z-20 max-sm:w-full max-sm:pt-17">
      {left === "palette" && !readOnly ? (
        <PalettePanel
          catalog={editor.catalog}
          allowed={() => true}
          onPick={(spec) => {
            const from =
              spec.inputs.length > 0 ? firstOutput(editor, currentNode(editor)) : undefined;
            addOfType(editor, spec, from ? { from } : {});
          }}
        />
      ) : (
        <OutlinePanel />
      )}
    </div>
  );
}

type FloatingProps = Pick<Props, "corner" | "aside"> & {
  /** The dock is open: only what is needed stays on the canvas. */
  readonly tight: boolean;
};

function Floating({ corner, aside, tight }: FloatingProps) {
  const minimap = useEditorUi((ui) => ui.minimap);
  const left = useEditorUi((ui) => ui.left);
  const isEmpty = useDocument((document) => document.nodes.length === 0);
  const at =
    "pointer-events-none absolute inset-x-3 flex justify-between gap-2 *:pointer-events-auto";
  return (
    <>
      <div className={cx(at, "top-3 flex-wrap items-start", left !== "none" && "max-sm:z-30")}>
        <CanvasToolbar />
        {/* On a phone the panel lies over the canvas, and only the toolbar over that. */}
        <div className={left === "none" ? "contents" : "max-sm:hidden"}>{corner}</div>
      </div>
      <div className={cx(at, "bottom-3 items-end")}>
        <div className={isEmpty ? "max-sm:invisible" : "contents"}>
          <ZoomBar />
        </div>
        {!tight && (
          <div className="flex flex-col items-end gap-2">
            {aside}
            {minimap && !isEmpty && <Minimap />}
          </div>
        )}
      </div>
    </>
  );
}

const DOCK_MIN_PX = 240;
const DOCK_MAX_SHARE = 0.75;

function Dock({ children }: { readonly children: ReactNode }) {
  const { ui } = useEditor();
  const share = useEditorUi((state) => state.dockShare);
  const frame = useRef<HTMLDivElement>(null);
  const [whole] = useState(() => Math.max(480, innerHeight - 48));
  const size = Math.max(DOCK_MIN_PX, share * whole);
  return (
    <>
      <SplitHandle
        label={t("editor.dock")}
        orientation="horizontal"
        size={size}
        min={DOCK_MIN_PX}
        max={DOCK_MAX_SHARE * whole}
        after
        onResize={(next) => ui.setState({ dockShare: next / whole })}
        className="editor-grip"
      />
      <div
        ref={frame}
        className="min-h-0 shrink-0 border-t border-line bg-surface"
        style={{ height: size }}
      >
        {children}
      </div>
    </>
  );
}

function Dialogs() {
  const { ui } = useEditor();
  const dialog = useEditorUi((state) => state.dialog);
  const close = () => ui.setState({ dialog: "none" });
  return (
    <>
      <NodeFinder />
      <QuickAddHost />
      <RenameHost />
      {dialog === "find" && <FindDialog onClose={close} />}
      {dialog === "extract" && <ExtractDialog onClose={close} />}
      {dialog === "problems" && <ProblemsDialog onClose={close} />}
      {dialog === "schedules" && <SchedulesDialog onClose={close} />}
    </>
  );
}
