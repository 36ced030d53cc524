// When a workflow starts by time.

import { say } from "./registry";

export const schedules = say({
  "schedules.addedBy": "Added by {name}",
  "schedules.addedIn": "in this run",
  "schedules.after": "Comes when you publish",
  "schedules.delete": "Delete {name}",
  "schedules.deleteText": "The workflow no longer starts at these times. This cannot be undone.",
  "schedules.deleteTitle": "Delete this schedule?",
  "schedules.empty": "Nothing starts it by time",
  "schedules.emptyText":
    "Add a Schedule trigger. While the workflow is active, members and agents add times of their own with the built-in scheduler.",
  "schedules.every": "Every {span}",
  "schedules.failed": "The schedule was not changed",
  "schedules.from": "Starts from",
  "schedules.hint": "Times of its triggers, and those that members or agents added to them.",
  "schedules.last": "Last {when}",
  "schedules.lost": "A trigger that the draft no longer has",
  "schedules.next": "Next {when}, {relative}",
  "schedules.once": "Once, {when}",
  "schedules.pause": "Pause {name}",
  "schedules.resume": "Resume {name}",
  "schedules.status.done": "Over",
  "schedules.status.draft": "Draft",
  "schedules.status.paused": "Paused",
  "schedules.status.resting": "Rests while inactive",
  "schedules.status.waiting": "Active",
  "schedules.title": "When it runs",
});
