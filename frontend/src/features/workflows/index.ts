// The list of workflows, and what can be done to one from outside its editor.

export { useCreateWorkflow } from "./use-workflow-commands";
export { triggerNames, WorkflowState } from "./workflow-facts";
export type { WorkflowsSearch } from "./workflow-filters";
export { WorkflowsView } from "./workflows-view";
