// Values that all workflows share, and what expressions know of them.

export { VariablesView } from "./variables-view";
