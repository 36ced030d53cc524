// English messages of how keys work: in the shortcut sheet and in the account.

import { say } from "./registry";

export const shortcuts = say({
  "shortcuts.off": "off",
  "shortcuts.singleKeys": "Shortcuts of a single key",
  "shortcuts.singleKeysHelp": "Such as N for a new node. Off: only those with Ctrl or Alt work.",
});
