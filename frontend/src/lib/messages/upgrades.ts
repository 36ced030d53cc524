// Nodes that an older version of their type wrote, and what would become of them.

import { say } from "./registry";

export const upgrades = say({
  "upgrades.added": "New",
  "upgrades.apply": "Bring it to version {version}",
  "upgrades.changed": "Changed",
  "upgrades.faults": "Then there is something to fill in",
  "upgrades.help":
    "Its form is that of version {version}, so it stays closed until you bring the node over. Runs already read what is stored as shown here; nothing stored changes by itself.",
  "upgrades.removed": "Goes",
  "upgrades.same": "Its parameters stay as they are.",
  "upgrades.step": "Upgrade {name}",
  "upgrades.title": "Version {from} of this node wrote it; version {to} is installed",
  "upgrades.used":
    "{count, plural, one {# node was} other {# nodes were}} written by an older version",
  "upgrades.versions": "{node}: version {from} to {to}",
});
