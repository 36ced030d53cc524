// Tests of a workflow, made of its runs. The only door into this feature.

export { TestsBadge } from "./tests-badge";
export { TestsView } from "./tests-view";
