// Decisions that can still be taken back: each is sent when its time is over, or the page goes away.

import { create } from "zustand";
import type { Answer } from "./model/swipe";

/** So long a decision can be undone (editor.md 10). */
export const UNDO_MS = 8_000;

export type Decision = { readonly answer: Answer; readonly reason: string };

type Waiting = {
  readonly send: (isLeaving: boolean) => void;
  readonly timer: ReturnType<typeof setTimeout>;
};

const waiting = new Map<string, Waiting>();
/** What was decided in this tab, so that nobody is told of it as news. */
const decidedHere = new Set<string>();
const usePendingIds = create<ReadonlySet<string>>(() => new Set());

/** The approvals that are decided here and not sent yet, oldest first. */
export function usePending(): ReadonlySet<string> {
  return usePendingIds();
}

export function wasDecidedHere(id: string): boolean {
  return decidedHere.has(id);
}

/** Sends after `UNDO_MS`, or at once when the page goes away. */
export function hold(id: string, send: (isLeaving: boolean) => void): void {
  decidedHere.add(id);
  waiting.set(id, { send, timer: setTimeout(() => release(id, false), UNDO_MS) });
  tell();
}

/** Takes a decision back; without an id the newest. */
export function undo(id: string | undefined = [...waiting.keys()].at(-1)): void {
  if (id === undefined) return;
  clearTimeout(waiting.get(id)?.timer);
  waiting.delete(id);
  decidedHere.delete(id);
  tell();
}

function release(id: string, isLeaving: boolean): void {
  const one = waiting.get(id);
  if (!one) return;
  clearTimeout(one.timer);
  waiting.delete(id);
  one.send(isLeaving);
}

/** The list has been asked for again: what was sent is no longer in it. */
export function forget(): void {
  tell();
}

function tell(): void {
  usePendingIds.setState(new Set(waiting.keys()), true);
}

addEventListener("pagehide", () => {
  for (const id of [...waiting.keys()]) release(id, true);
});
