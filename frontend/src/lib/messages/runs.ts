// English messages of features/runs.

import { say } from "./registry";

export const runs = say({
  "runs.run": "Run #{number}",
  "runs.runUnnamed": "Run",
  "runs.chip": "{name}, {status}. Show the log.",
  "runs.cost": "What models cost in this run so far",
  "runs.hide": "Take this run off the canvas",
  "runs.nodesDone": "{done} of {all, plural, one {# node} other {# nodes}}",
  "runs.waiting": "{count, plural, one {# waiting} other {# waiting}}",
  "runs.errors": "{count, plural, one {# error} other {# errors}}",
  "runs.startFailed": "The run could not be started",
  "runs.stopFailed": "The run could not be stopped",
  "runs.finished": "{name} finished after {duration}.",
  "runs.finishedWithErrors":
    "{name} ended with {count, plural, one {# error} other {# errors}}: {nodes}.",

  "runs.reconnecting": "Reconnecting…",
  "runs.livePaused": "Live updates paused",
  "runs.liveSignedOut": "Signed out",
  "runs.liveRefused": "No live updates",

  "runs.log": "Run log",
  "runs.logClose": "Close the log",
  "runs.logEmpty": "Nothing has happened yet.",
  "runs.logEmptyHint": "Run the workflow to see what each node does, line by line.",
  "runs.loadIntoEditor": "Load into the editor",
  "runs.logNothing": "No line holds all of it",
  "runs.logSearch": "Search the log",
  "runs.logOnlyErrors": "Errors only",
  "runs.logOpen": "Show {node} in the inspector",

  "runs.item": "item {number}",
  "runs.failedItems": "{failed} of {count, plural, one {# item} other {# items}} failed",
  "runs.event.until": "until {at}",

  "runs.replay": "Replay",
  "runs.replay.toggleLanes": "Show nodes over time",

  "runs.group": "This run",
  "runs.pause": "Pause",
  "runs.resume": "Resume",
  "runs.retried": "{count} retried",
  "runs.retry": "Retry from failed",
  "runs.retry.undone": "What this run did has been undone. Fork it from a step, or run it again.",
  "runs.retry.bound":
    "This run reached a limit on runs or turns; no step failed. Fork it from a step instead.",
  "runs.failed.pause": "The run could not be paused",
  "runs.failed.resume": "The run could not be resumed",
  "runs.failed.cancel": "The run could not be stopped",
  "runs.failed.retry": "The run could not be retried",
  "runs.stopTitle": "Stop this run?",
  "runs.stopText":
    "{count, plural, one {# step is} other {# steps are}} at work. What has already been sent cannot be called back; its outcome may stay unknown.",

  "runs.outcome.failed": "The decision could not be taken",

  "runs.fork": "Fork from here…",
  "runs.fork.tooMany": "Only the first {count} items are shown and used.",

  "runs.openInbox": "Decide in the inbox",
  "runs.more": "More for this run",
  "runs.compare": "Compare with another run…",
  "runs.forkedFrom": "Forked from {name}",
  "runs.calledBy": "Called by {name}",
  "runs.anotherRun": "another run",
  "runs.children": "Runs that this one started",
  "runs.childOf": "{workflow} #{number}, {status}",

  "runs.compare.swap": "Swap sides",

  "runs.stop": "Stop",
  "runs.ofVersion": "version {number}",
  "runs.ofDraft": "draft",
  "runs.mode.manual": "started by hand",
  "runs.mode.webhook": "webhook",
  "runs.mode.schedule": "schedule",
  "runs.mode.poll": "found by asking",
  "runs.mode.api": "API",
  "runs.mode.test": "test",
  "runs.mode.child": "started by another workflow",
  "runs.mode.event": "event",
  "runs.mode.error": "after a failure",
  "runs.mode.test_run": "regression test",
  "runs.openWorkflow": "Open workflow",
});
