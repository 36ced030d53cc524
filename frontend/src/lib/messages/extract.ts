// English messages of the dialog that makes a workflow of a part of another.

import { say } from "./registry";

export const extract = say({
  "editor.extract.changed":
    "The nodes were changed meanwhile. The new workflow was made; nothing here was replaced.",
  "editor.extract.done":
    "“{name}” is a workflow of its own now. Publish it before you publish this one.",
  "editor.extract.failed": "The nodes were not taken out",
  "editor.extract.hint":
    "{count, plural, one {The node moves} other {# nodes move}} into a new workflow. A Run Workflow node calls it here.",
  "editor.extract.name": "Name of the new workflow",
  "editor.extract.refusal.empty": "Select the nodes that should become a workflow of their own.",
  "editor.extract.refusal.ends":
    "{names} would be a second end of the new workflow, and only one result comes back. Take it in with what follows it, or leave it out.",
  "editor.extract.refusal.entries":
    "A workflow has one input, and here different data comes in: {names}. Put a Merge node before the selection that joins it, or take out one branch at a time.",
  "editor.extract.smaller":
    "{names} joins data from several nodes, so it stays here and passes its result on. {count, plural, one {The node after it moves} other {The # nodes after it move}} into a new workflow.",
  "editor.extract.refusal.exits": "Data must go out at one place only. Now it leaves at: {names}.",
  "editor.extract.refusal.read":
    "{names} would no longer reach what it reads by name from inside the selection.",
  "editor.extract.refusal.reads":
    "The selection reads by name from {names}, which it would no longer reach. Pass the values on as fields before.",
  "editor.extract.refusal.slots":
    "{names} belongs to a node on the other side. Select an agent together with its model and tools.",
  "editor.extract.refusal.trigger": "{names} begins runs and has to stay here. Leave it out.",
  "editor.extract.take": "Extract",
  "editor.extract.title": "Extract to a sub-workflow",
  "editor.step.extract": "Extract {name}",
});
