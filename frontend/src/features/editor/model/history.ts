// Undo and redo as data: named steps that hold the document before and after.

import type { WorkflowDocument } from "./types";

export const HISTORY_LIMIT = 200;
export const COALESCE_MS = 800;

export type Step = {
  readonly label: string;
  readonly before: WorkflowDocument;
  readonly after: WorkflowDocument;
  readonly key: string | null;
  readonly at: number;
};

export type History = { readonly past: readonly Step[]; readonly future: readonly Step[] };

export type Travel = {
  readonly history: History;
  readonly document: WorkflowDocument;
  readonly label: string;
};

export const EMPTY_HISTORY: History = { past: [], future: [] };

/** Adds a step; steps of one `key` within 800 ms of each other, such as typing, become one. */
export function record(history: History, step: Step): History {
  const last = history.past.at(-1);
  const joins = last && step.key !== null && last.key === step.key;
  if (last && joins && step.at - last.at <= COALESCE_MS) {
    return { past: [...history.past.slice(0, -1), { ...step, before: last.before }], future: [] };
  }
  return { past: [...history.past, step].slice(-HISTORY_LIMIT), future: [] };
}

export function undo(history: History): Travel | null {
  const step = history.past.at(-1);
  if (!step) return null;
  const past = history.past.slice(0, -1);
  return {
    history: { past, future: [step, ...history.future] },
    document: step.before,
    label: step.label,
  };
}

export function redo(history: History): Travel | null {
  const [step, ...future] = history.future;
  if (!step) return null;
  return {
    history: { past: [...history.past, { ...step, key: null }], future },
    document: step.after,
    label: step.label,
  };
}

/** Carries every remembered document over to a new base, after somebody else's edits came in. */
export function rebase(
  history: History,
  move: (document: WorkflowDocument) => WorkflowDocument,
): History {
  const moved = new Map<WorkflowDocument, WorkflowDocument>();
  const once = (document: WorkflowDocument) => {
    const next = moved.get(document) ?? move(document);
    moved.set(document, next);
    return next;
  };
  const step = (old: Step): Step => ({ ...old, before: once(old.before), after: once(old.after) });
  return { past: history.past.map(step), future: history.future.map(step) };
}

/** How many steps lie between a document and now; all that are remembered, if it is none of them. */
export function stepsSince({ past }: History, document: WorkflowDocument): number {
  return past.length - 1 - past.findLastIndex(({ after }) => after === document);
}
