// English messages of the gallery of templates.

import { say } from "./registry";

export const templates = say({
  "templates.all": "All",
  "templates.answers": "Set it up",
  "templates.answersText": "Answer in this order. What you leave open can be filled in the editor.",
  "templates.category.files": "Files",
  "templates.category.forms": "Forms",
  "templates.category.operations": "Operations",
  "templates.category.schedules": "Schedules",
  "templates.category.webhooks": "Webhooks",
  "templates.filter": "Kind",
  "templates.intro": "Workflows of everyday use. Each runs at once with sample data.",
  "templates.missing": "Not installed: {types}",
  "templates.needsCredential": "Needs: {types}",
  "templates.needsNothing": "Needs nothing",
  "templates.nodes": "{count, plural, one {# node} other {# nodes}}",
  "templates.preview": "What it looks like",
  "templates.ready": "There is nothing to set up.",
  "templates.title": "Templates",
  "templates.use": "Create the workflow",
  "templates.what": "What it does",
});
