// The editor of one workflow: its document, its canvas, its saving. The only door into this feature.

export { Canvas as CanvasOnly } from "./canvas/canvas";
export { FirstSteps, RestoreBanner } from "./canvas/deferred";
export { ReactFlowProvider as CanvasProvider } from "./canvas/rf";
export { ChangeList, KIND_LOOKS } from "./diff/change-list";
export { DiffCanvas } from "./diff/diff-canvas";
export type { Commit } from "./document-store";
export { type Editor, EditorProvider } from "./editor-context";
export { EditorTopBar } from "./editor-top-bar";
export { EditorWorkspace } from "./editor-workspace";
export {
  attachedTo,
  bondsOf,
  countInFlow,
  isAttached,
  isCapabilityEdge,
} from "./model/capabilities";
export { type Change, type ChangeKind, changesBetween, tally, unionOf } from "./model/diff";
export {
  renameNode,
  setCredential,
  setDisabled,
  setNotes,
  setParams,
  setSettings,
  upgradeNode,
} from "./model/edit-nodes";
export { ancestorsOf, childrenOf, edgesInto, parentsOf, readingOrder } from "./model/graph";
export { isBackEdge } from "./model/loops";
export { hasChangedSincePin } from "./model/pins";
export { portsIn } from "./model/ports";
export { nodeById } from "./model/types";
export { createViewer, openEditor } from "./open-editor";
export { chosenNode, inspect } from "./operations";
export { pinning } from "./pinning";
export { SoftLock, useIsLocked } from "./presence/soft-lock";
export type { Journal } from "./saving/journal";
export { deviceJournal } from "./saving/lazy-journal";
export {
  useCommit,
  useDocument,
  useDocumentState,
  useEditor,
  useEditorUi,
  useSelection,
} from "./store";
export { useSavingGuard } from "./use-saving-guard";
