// What is open around the canvas: panels, dialogs, the inspected node. Panels are remembered.

import { createStore, type StoreApi } from "zustand/vanilla";
import type { Folds } from "./model/groups";
import type { PortRef, XY } from "./model/types";

export type QuickAddRequest = {
  /** Where the new node goes; chosen by the layout when absent. */
  readonly at?: XY;
  /** Connects the new node behind this output. */
  readonly from?: PortRef;
  /** Connects the new node before this input. */
  readonly to?: PortRef;
  /** Attaches the new node to the first open slot of this agent that it fits. */
  readonly agent?: string;
  /** Puts the new node into this edge. */
  readonly edge?: string;
};

export type LeftPanel = "none" | "outline" | "palette";
export type EditorDialog =
  | "none"
  | "publish"
  | "problems"
  | "find"
  | "conflict"
  | "extract"
  | "schedules";

export type EditorUi = {
  readonly left: LeftPanel;
  readonly minimap: boolean;
  /** Share of the height that the bottom dock takes. */
  readonly dockShare: number;
  readonly logs: boolean;
  readonly chat: boolean;
  readonly quickAdd: QuickAddRequest | null;
  readonly dialog: EditorDialog;
  /** The node whose inspector is open. */
  readonly inspecting: string | null;
  /** The parameter to bring into view in the inspector, a problem's place. */
  readonly inspectField: string | null;
  readonly renaming: string | null;
  /** Nodes whose results in the run that is shown no longer hold for the draft. */
  readonly stale: ReadonlySet<string>;
  /** Groups that somebody who may only look has folded or opened. */
  readonly folds: Folds;
  /** A connection being drawn by keyboard: the output it starts from. */
  readonly connectingFrom: PortRef | null;
};

export type EditorUiStore = StoreApi<EditorUi>;

const DOCK_SHARE = 0.42;
const REMEMBERED = "headrace.editor.panels";

export function createEditorUi(inspecting: string | null = null): EditorUiStore {
  const store = createStore<EditorUi>(() => ({
    left: "none",
    minimap: true,
    dockShare: DOCK_SHARE,
    logs: false,
    chat: false,
    quickAdd: null,
    dialog: "none",
    inspecting,
    inspectField: null,
    renaming: null,
    stale: new Set(),
    folds: new Map(),
    connectingFrom: null,
    ...recall(),
  }));
  store.subscribe(({ left, minimap, dockShare }) => remember({ left, minimap, dockShare }));
  return store;
}

type Remembered = Pick<EditorUi, "left" | "minimap" | "dockShare">;

function recall(): Partial<Remembered> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? "null");
    if (typeof value !== "object" || value === null) return {};
    const { left, minimap, dockShare } = value as Partial<Remembered>;
    return {
      ...(left === "outline" || left === "palette" ? { left } : {}),
      ...(typeof minimap === "boolean" ? { minimap } : {}),
      ...(typeof dockShare === "number" ? { dockShare } : {}),
    };
  } catch {
    return {};
  }
}

function remember(panels: Remembered): void {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(panels));
  } catch {
    // Storage may be full or forbidden; the panels then start closed next time.
  }
}
