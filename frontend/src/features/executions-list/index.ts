// Lists of runs.

export { SHORT_COLUMNS } from "./execution-columns";
export type { ExecutionsSearch } from "./execution-filters";
export { ExecutionsView } from "./executions-view";
