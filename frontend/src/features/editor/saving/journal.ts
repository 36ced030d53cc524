// Edits that the server does not have yet, kept on this device until it has them.

import type { WorkflowDocument } from "../model/types";

/** How far the edits of one open editor are ahead of the server. */
export type UnsavedEdits = {
  /** The server's revision that the edits were made on. */
  readonly revision: number;
  readonly base: WorkflowDocument;
  readonly document: WorkflowDocument;
  readonly changes: number;
  /** Milliseconds since 1970, this device's clock. */
  readonly at: number;
};

/** Edits of an editor that is gone: its page was closed, or crashed. */
export type LeftBehind = UnsavedEdits & { readonly writer: string };

/** The journal of one open editor. Every promise rejects where the browser refuses storage. */
export type Journal = {
  /** What is not saved as of now; null once the server has everything. */
  readonly keep: (edits: UnsavedEdits | null) => Promise<void>;
  /** What was left behind for this workflow, newest first. */
  readonly leftBehind: () => Promise<readonly LeftBehind[]>;
  readonly forget: (writer: string) => Promise<void>;
  /** The editor closes: what it could not save may be offered to the next one. */
  readonly close: () => void;
};

/** For tests and for browsers without storage. Editors that share `rows` share a device. */
export function memoryJournal(
  writer = "page",
  rows: Map<string, UnsavedEdits> = new Map(),
): Journal {
  return {
    keep: async (edits) => {
      if (edits) rows.set(writer, edits);
      else rows.delete(writer);
    },
    leftBehind: async () =>
      [...rows]
        .filter(([other]) => other !== writer)
        .map(([other, edits]) => ({ ...edits, writer: other }))
        .sort(newestFirst),
    forget: async (other) => void rows.delete(other),
    close: () => undefined,
  };
}

export const newestFirst = (a: UnsavedEdits, b: UnsavedEdits): number => b.at - a.at;
