// Decisions that can still be taken back: each is sent when its time is over, or the page goes away.

import { create } from "zustand";
import type { Corrections } from "@/api/types";
import type { Answer } from "./model/swipe";

/** So long a decision can be undone (editor.md 10). */
export const UNDO_MS = 8_000;

export type Decision = {
  readonly answer: Answer;
  readonly reason: string;
  /** New values of fields, with an approval. */
  readonly corrections?: Corrections;
};

type Waiting = {
  /** All that is sent, or taken back, together. */
  readonly ids: readonly string[];
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
export function hold(ids: readonly string[], send: (isLeaving: boolean) => void): void {
  const one = { ids, send, timer: setTimeout(() => release(one, false), UNDO_MS) };
  for (const id of ids) {
    decidedHere.add(id);
    waiting.set(id, one);
  }
  tell();
}

/** Takes a decision back, for all that it was given together; without an id the newest. */
export function undo(id: string | undefined = [...waiting.keys()].at(-1)): void {
  const one = id === undefined ? undefined : waiting.get(id);
  if (!one) return;
  clearTimeout(one.timer);
  for (const each of one.ids) {
    waiting.delete(each);
    decidedHere.delete(each);
  }
  tell();
}

function release(one: Waiting, isLeaving: boolean): void {
  clearTimeout(one.timer);
  for (const id of one.ids) waiting.delete(id);
  one.send(isLeaving);
}

/** The list has been asked for again: what was sent is no longer in it. */
export function forget(): void {
  tell();
}

/** The question stays open, with others: how they answer is news again. */
export function follow(id: string): void {
  decidedHere.delete(id);
  tell();
}

function tell(): void {
  usePendingIds.setState(new Set(waiting.keys()), true);
}

addEventListener("pagehide", () => {
  for (const one of new Set(waiting.values())) release(one, true);
});
