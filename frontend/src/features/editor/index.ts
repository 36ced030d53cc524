// The editor of one workflow: its document, its canvas, its saving. The only door into this feature.

import "@/lib/messages/plugins";
import "@/lib/messages/editor";
import "@/lib/messages/palette";
import "@/lib/messages/runs";

export { Canvas as CanvasOnly } from "./canvas/canvas";
export { FirstSteps, RestoreBanner } from "./canvas/deferred";
export { ReactFlowProvider as CanvasProvider } from "./canvas/rf";
export type { Commit } from "./document-store";
export { type Editor, EditorProvider } from "./editor-context";
export { EditorTopBar } from "./editor-top-bar";
export { EditorWorkspace } from "./editor-workspace";
export {
  renameNode,
  setCredential,
  setDisabled,
  setParams,
  setPin,
  setSettings,
} from "./model/edit-nodes";
export { ancestorsOf, childrenOf, edgesInto, parentsOf, readingOrder } from "./model/graph";
export { isBackEdge } from "./model/loops";
export { portsIn } from "./model/ports";
export { nodeById } from "./model/types";
export { createViewer, openEditor } from "./open-editor";
export { chosenNode, inspect, togglePin } from "./operations";
export { deviceJournal, type Journal } from "./saving/journal";
export {
  useCommit,
  useDocument,
  useDocumentState,
  useEditor,
  useEditorUi,
  useSelection,
} from "./store";
export { useSavingGuard } from "./use-saving-guard";
