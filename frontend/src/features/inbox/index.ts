// Approvals that wait for a person. The only door into this feature.

export { InboxView } from "./inbox-view";
export { CardPreview } from "./lazy-card-preview";
export { useOpenApprovals } from "./use-inbox";
