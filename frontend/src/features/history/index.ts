// What a workflow was: versions and kept drafts, their differences, going back. The only door in.

export { HistoryView } from "./history-view";
