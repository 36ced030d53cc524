// English messages of loading a past run into the editor.

import { say } from "./registry";

export const loading = say({
  "editor.load.done": "Run #{number} is in the editor. Undo brings your draft back.",
  "editor.load.failed": "The run was not loaded",
  "editor.load.hint":
    "The draft becomes what this run ran. What came from outside is pinned, so the same happens again.",
  "editor.load.noNodes": "No node changes.",
  "editor.load.noPins": "Nothing came from outside.",
  "editor.load.nodes": "Nodes that change",
  "editor.load.pin": "{name} ({count, plural, one {# item} other {# items}})",
  "editor.load.pins": "Outputs that are pinned",
  "editor.load.take": "Load into the editor",
  "editor.load.title": "Load run #{number}",
  "editor.load.unpinned": "Pins that are replaced",
  "editor.step.loadRun": "Load run #{number}",
});
