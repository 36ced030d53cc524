// English messages of parts of a workflow: groups, and what becomes a workflow of its own.

import { say } from "./registry";

export const groups = say({
  "editor.drill.caller": "Calling workflow",
  "editor.drill.in": "Go into the called workflow",
  "editor.drill.out": "Go back to the calling workflow",
  "editor.extract.action": "Extract to a sub-workflow",
  "editor.groups.done": "{done} of {count} done",
  "editor.groups.fold": "Fold or open the group",
  "editor.groups.foldThis": "Fold this group into one tile",
  "editor.groups.group": "Group",
  "editor.groups.openThis": "Open this group",
  "editor.groups.outline": "Groups",
  "editor.groups.role": "group of nodes",
  "editor.groups.title": "Title of the group",
  "editor.groups.ungroup": "Ungroup",
  "editor.groups.untitled": "Group",
  "editor.notes.outline": "Notes",
  "editor.step.editGroup": "Edit a group",
  "editor.step.fold": "Fold {title}",
  "editor.step.group": "Group {count, plural, one {# node} other {# nodes}}",
  "editor.step.unfold": "Open {title}",
  "editor.step.ungroup": "Ungroup",
});
