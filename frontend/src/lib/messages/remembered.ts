// English messages of memories and labelled examples.

import { say } from "./registry";

export const remembered = say({
  "labels.correct": "Correct the label",
  "labels.correctText": "Who classifies by the examples of this name knows it from now on.",
  "labels.corrected": "Corrected",
  "labels.create": "New example",
  "labels.delete": "Delete this example",
  "labels.deleteText": "Who classifies by the examples of this name does not know it any more.",
  "labels.deleteTitle": "Delete this example?",
  "labels.empty": "No examples yet",
  "labels.emptyText":
    "An example is a text with the label that it should get. The node Classify learns from them: give it some, and correct it here.",
  "labels.intro": "Texts with labels, by which workflows classify. A correction counts at once.",
  "labels.isCorrection": "Correction",
  "labels.label": "Label",
  "labels.learnt": "Learnt",
  "labels.space": "Name of the examples",
  "labels.spaceHelp": "As the node Classify has it. Examples of other names do not count there.",
  "labels.text": "Text",
  "labels.title": "Labels",
  "memories.empty": "Nothing is remembered",
  "memories.emptyText":
    "Agents with a memory and the node Remember & Recall keep what was said and what they shall know.",
  "memories.expires": "Forgotten by itself {when}",
  "memories.forget": "Forget this",
  "memories.forgetAll": "Forget all of {space}",
  "memories.forgetAllText":
    "Turns of the session and facts that are kept under this name are deleted, those not shown here, too.",
  "memories.forgetAllTitle": "Forget all that is kept under {space}?",
  "memories.forgetText": "It cannot be brought back.",
  "memories.forgetTitle": "Forget this?",
  "memories.forgotten":
    "{count, plural, =0 {Nothing was kept} one {# forgotten} other {# forgotten}}",
  "memories.intro": "What agents and workflows remember: turns of sessions, and facts for long.",
  "memories.kind": "Kind",
  "memories.kind.long_term": "Fact",
  "memories.kind.session": "Session",
  "memories.kept": "Kept",
  "memories.only": "Only {space}",
  "memories.role.assistant": "The assistant",
  "memories.role.user": "The person",
  "memories.space": "Kept under",
  "memories.text": "What",
  "memories.title": "Memories",
  "remembered.noneFound": "Nothing matches",
  "remembered.noneFoundText": "Look for other words, or for all names.",
  "remembered.search": "Search in texts and names",
  "remembered.tab.collections": "Collections",
});
