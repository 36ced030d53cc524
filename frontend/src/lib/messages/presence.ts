// English messages about other people at the same workflow.

import { say } from "./registry";

export const presence = say({
  "presence.at": "{name}, at {node}",
  "presence.editing": "{name} is editing this node.",
  "presence.here": "Also here",
  "presence.more": "+{count}",
  "presence.otherTab": "You, in another tab",
  "presence.takeOver": "Take over",
});
