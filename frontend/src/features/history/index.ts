// What a workflow was: versions and kept drafts, their differences, going back. The only door in.

import "@/lib/messages/history";

export { HistoryView } from "./history-view";
