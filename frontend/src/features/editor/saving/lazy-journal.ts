// The journal of this device, whose code comes a moment after the editor.

import type { Journal } from "./journal";

export function deviceJournal(workflow: string, owner: string): Journal {
  const opened = import("./device-journal").then((module) => module.openJournal(workflow, owner));
  opened.catch(() => undefined); // Whoever writes is told.
  return {
    keep: async (edits) => (await opened).keep(edits),
    leftBehind: async () => (await opened).leftBehind(),
    forget: async (writer) => (await opened).forget(writer),
    close: () =>
      void opened.then(
        (journal) => journal.close(),
        () => undefined,
      ),
  };
}
