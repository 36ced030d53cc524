// English messages of notifications, loaded when somebody opens them.

import { say } from "./registry";

export const notifications = say({
  "notifications.all": "Mark all as read",
  "notifications.empty": "Nothing yet",
  "notifications.emptyText": "Workflows tell you here when they fail, or with the node Notify.",
  "notifications.inApp": "Here, at the bell",
  "notifications.email": "By e-mail",
  "notifications.webhook": "By webhook",
  "notifications.failures": "A workflow fails by itself",
  "notifications.failuresHelp":
    "For those who may edit workflows: the first failure at once, then at most one an hour for each workflow.",
  "notifications.high": "High urgency",
  "notifications.low": "Low urgency",
  "notifications.normal": "Normal urgency",
  "notifications.of": "{way}, {urgency}",
  "notifications.openRun": "Open the run",
  "notifications.saved": "Saved",
  "notifications.title": "Notifications",
  "notifications.unread": "Unread",
  "notifications.urgent": "Urgent",
  "notifications.webhookHelp":
    "Called with what you are told. Incoming webhooks of chats such as Slack understand it.",
  "notifications.webhookUrl": "Your webhook",
  "notifications.wishesText": "How you want to hear of what workflows tell you.",
});
