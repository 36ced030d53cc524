// English messages of what people write on a node.

import { say } from "./registry";

export const noted = say({
  "noted.title": "Notes",
  "noted.help":
    "For people: why the node is here, what to watch. Markdown. Shown on the card, kept in versions and exports; runs ignore it.",
  "noted.reads": "How it reads",
  "noted.none": "Nobody has written anything on this node.",
  "noted.step": "Write notes on {name}",
  "noted.of": "Notes: {text}",
});
