// English messages of the page of variables.

import { say } from "./registry";

export const variables = say({
  "variables.change": "Change {name}",
  "variables.copy": "Copy {expression}",
  "variables.create": "New variable",
  "variables.delete": "Delete {name}",
  "variables.deleteText": "No workflow's draft reads it. Published versions that do will fail.",
  "variables.deleteTitle": "Delete {name}?",
  "variables.deleted": "Deleted {name}",
  "variables.description": "What it is for",
  "variables.empty": "No variables yet",
  "variables.emptyText":
    "Keep what several workflows share in one place: an address, a limit, a name.",
  "variables.intro":
    "Values that every workflow reads as $vars.NAME. A run keeps those of its beginning. Secrets belong into credentials.",
  "variables.name": "Name",
  "variables.nameHelp": "Letters, digits and _, as in SHOP_URL. It cannot be changed later.",
  "variables.nobody": "Nobody",
  "variables.title": "Variables",
  "variables.updated": "Changed",
  "variables.usedBy": "Used by",
  "variables.usedByCount": "{count, plural, one {# workflow} other {# workflows}}",
  "variables.usedTitle": "Workflows that read {name}",
  "variables.value": "Value",
});
