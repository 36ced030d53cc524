// Approvals that wait for a person. The only door into this feature.

export { InboxView } from "./inbox-view";
export { useOpenApprovals } from "./use-inbox";
