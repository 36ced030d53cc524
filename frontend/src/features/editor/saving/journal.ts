// Edits that the server does not have yet, kept on this device until it has them.

import type { WorkflowDocument } from "../model/types";
import { forgetRow, keepRow, rowsOf } from "./device-storage";
import { NewestOnly } from "./newest-only";
import { PageLife } from "./page-life";

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

const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/**
 * In IndexedDB, a row for each open editor: two tabs never write over each other, and neither is
 * offered what the other is still at work on. `owner` is whose edits they are: people who share a
 * device do not see each other's.
 */
export function deviceJournal(workflow: string, owner: string): Journal {
  if (typeof indexedDB === "undefined") return memoryJournal();
  const life = new PageLife();
  const writes = new NewestOnly();
  const key = (writer: string) => [workflow, owner, writer] as const;
  return {
    keep: (edits) =>
      writes.run(async () => {
        if (!edits) return forgetRow(key(life.name));
        life.begin();
        await keepRow({ ...edits, workflow, owner, writer: life.name });
      }),
    leftBehind: async () => {
      const [rows, alive] = await Promise.all([rowsOf(workflow, owner), PageLife.alive()]);
      const [fresh, old] = split(rows, ({ at }) => Date.now() - at < KEPT_MS);
      await Promise.all(old.map(({ writer }) => forgetRow(key(writer))));
      return fresh
        .filter(({ writer }) => writer !== life.name && !alive.has(writer))
        .sort(newestFirst);
    },
    forget: (writer) => forgetRow(key(writer)),
    close: () => life.end(),
  };
}

const newestFirst = (a: UnsavedEdits, b: UnsavedEdits): number => b.at - a.at;

function split<T>(list: readonly T[], isFirst: (value: T) => boolean): readonly [T[], T[]] {
  return [list.filter(isFirst), list.filter((value) => !isFirst(value))];
}
