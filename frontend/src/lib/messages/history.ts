// English messages of features/history, and of changes wherever they are listed.

import { say } from "./registry";

export const history = say({
  "history.emptyText": "(empty)",
  "history.field.credentials": "Credential",
  "history.field.disabled": "Disabled",
  "history.field.name": "Name",
  "history.field.on_error": "When it fails",
  "history.field.retry": "Retries",
  "history.field.text": "Text",
  "history.field.timeout_s": "Time limit",
  "history.field.timezone": "Time zone",
  "history.field.title": "Title",
  "history.field.type": "Type",
  "history.field.version": "Version of the node",
  "history.is": "now",
  "history.kind.added": "Added",
  "history.kind.changed": "Changed",
  "history.kind.moved": "Moved",
  "history.kind.removed": "Removed",
  "history.part.edge": "Connection",
  "history.part.group": "Group",
  "history.part.node": "Node",
  "history.part.note": "Note",
  "history.part.pin": "Pinned output of",
  "history.part.workflow": "Workflow",
  "history.was": "was",
});
