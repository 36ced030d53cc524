// English messages of the audit record.

import { say } from "./registry";

export const audit = say({
  "audit.action": "Action",
  "audit.actionExample": "Action, e.g. workflow.",
  "audit.actor": "Who",
  "audit.actorExample": "Who",
  "audit.actorKind": "Kind of actor",
  "audit.address": "From",
  "audit.after": "After",
  "audit.allIntact":
    "{count, plural, one {The entry shown is} other {All # entries shown are}} intact",
  "audit.anyOutcome": "Whatever came of it",
  "audit.at": "When",
  "audit.before": "Before",
  "audit.broken": "Broken",
  "audit.copy": "Copy as JSON",
  "audit.csv": "CSV",
  "audit.empty": "Nothing has been recorded yet",
  "audit.entryOf": "Entry {number} by {name}, {when}",
  "audit.fact": "Fact",
  "audit.facts": "Facts",
  "audit.from": "From day",
  "audit.intact": "Follows unchanged from the entry before it",
  "audit.integrity": "Integrity",
  "audit.intro":
    "Everything that was changed, or not allowed, by whom. Entries are chained and never edited.",
  "audit.itself": "–",
  "audit.json": "JSON lines",
  "audit.live": "Follow live",
  "audit.noFacts": "There is nothing more to say about it.",
  "audit.nothingFound": "No entry matches",
  "audit.object": "What",
  "audit.objectExample": "What, e.g. workflow",
  "audit.objectId": "Its id",
  "audit.outcome": "What came of it",
  "audit.outcome.done": "Done",
  "audit.outcome.failed": "Failed",
  "audit.outcome.refused": "Refused",
  "audit.request": "Request",
  "audit.someBroken":
    "{count, plural, one {One entry shown does} other {# entries shown do}} not follow from the one before. Tell whoever runs this installation.",
  "audit.title": "Audit log",
  "audit.to": "To day",
});
