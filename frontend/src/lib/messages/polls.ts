// Triggers that ask again and again.

import { say } from "./registry";

export const polls = say({
  "inspector.polls": "Asking",
  "inspector.polls.failed": "The trigger could not be asked",
  "inspector.polls.found": "Last found something {when}.",
  "inspector.polls.never": "Not asked yet.",
  "inspector.polls.next": "Asked {when}; next {next}.",
  "inspector.polls.now": "Ask now",
  "inspector.polls.nowDone": "The trigger is asked now",
  "inspector.polls.nothing": "There is nothing yet to run with",
  "inspector.polls.problem": "Failed {count, plural, one {once} other {# times}} in a row",
  "inspector.polls.try": "Try it",
  "inspector.polls.tryDone": "A test run begins with what is there now",
  "inspector.polls.tryHelp":
    "Asks once for what is there now, and begins a test run with it. Nothing counts as seen.",
  "inspector.polls.unpublished": "It is asked while the workflow is published.",
});
