// Approvals that wait for a person. The only door into this feature.

import "@/lib/messages/people";
import "@/lib/messages/runs";

export { InboxView } from "./inbox-view";
export { useOpenApprovals } from "./use-inbox";
