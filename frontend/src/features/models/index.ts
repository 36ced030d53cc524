// Language models of the workspace: which there are, what may be spent, what was.

export { ModelsView } from "./models-view";
