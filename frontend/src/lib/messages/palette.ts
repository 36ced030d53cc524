// English messages of features/palette.

import { say } from "./registry";

export const palette = say({
  "palette.actions": "Actions",
  "palette.actionsOf": "What {name} should do…",
  "palette.add": "Add a node",
  "palette.addAfter": "Add after “{name}”…",
  "palette.addBefore": "Add before “{name}”…",
  "palette.addFirst": "Start with…",
  "palette.addInto": "Insert into the connection…",
  "palette.addAny": "Search nodes…",
  "palette.attachTo": "Attach to “{name}”…",
  "palette.connectsTo": "connects to {port}",
  "palette.empty": "No node matches “{query}”.",
  "palette.emptyHint": "Try another word, such as “email”, “branch” or “json”.",
  "palette.hintActions": "its actions",
  "palette.hintAdd": "add",
  "palette.hintChain": "continue",
  "palette.hintConnect": "add and connect",
  "palette.hintLoose": "unconnected",
  "palette.hintMove": "move",
  "palette.panel": "Nodes",
  "palette.recent": "Recent",
  "palette.results": "Best matches",
  "palette.dragHint": "Drag onto the canvas, or click to add.",
});
