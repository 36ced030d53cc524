// The journal in IndexedDB, and without IndexedDB in memory.

import { forgetRow, keepRow, rowsOf } from "./device-storage";
import { type Journal, memoryJournal, newestFirst } from "./journal";
import { NewestOnly } from "./newest-only";
import { PageLife } from "./page-life";

const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/**
 * In IndexedDB, a row for each open editor: two tabs never write over each other, and neither is
 * offered what the other is still at work on. `owner` is whose edits they are: people who share a
 * device do not see each other's.
 */
export function openJournal(workflow: string, owner: string): Journal {
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

function split<T>(list: readonly T[], isFirst: (value: T) => boolean): readonly [T[], T[]] {
  return [list.filter(isFirst), list.filter((value) => !isFirst(value))];
}
