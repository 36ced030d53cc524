// Runs: what happens in an execution, live or past. The only door into this feature.

export { ConnectionChip } from "./connection-chip";
export { OutcomeBanner } from "./controls/outcome-banner";
export { RunControls } from "./controls/run-controls";
export { useRunCommands } from "./controls/use-run-commands";
export { groupRun, useGroupRun } from "./group-run";
export {
  useEdgeCount,
  useLatestRun,
  useNodeCost,
  useNodeProgress,
  useNodeRun,
  useNodeSteps,
  useRun,
  useRunLog,
  useRunStore,
  useRunSummary,
} from "./hooks";
export { followRun } from "./live-runs";
export { LogPanel } from "./log-panel";
export { canRetry, unknownSteps } from "./model/controls";
export {
  durationOf,
  emptyRun,
  type NodeRun,
  type Run,
  type RunSummary,
  runFromSnapshot,
  type StepRun,
} from "./model/run";
export {
  drawnBars,
  type Lane,
  type Timeline,
  timelinesTogether,
  workMsOf,
} from "./model/timeline";
export { stepOfTurn, turnLabel } from "./model/turns";
export { ReplayBar } from "./replay/replay-bar";
export { TimeAxis } from "./replay/time-axis";
export { TimeBar } from "./replay/time-bar";
export { type ReplayControl, useReplay } from "./replay/use-replay";
export { RunChip } from "./run-chip";
export { RunFacts } from "./run-facts";
export { RunStoreProvider } from "./run-store-provider";
export { type Progress, RunStore } from "./store";
export {
  canStop,
  type RunPart,
  type StartOptions,
  useWorkflowRuns,
  type WorkflowRuns,
} from "./use-workflow-runs";
