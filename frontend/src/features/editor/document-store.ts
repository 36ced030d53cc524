// The document being edited, its history and what the server knows of it: one store per open workflow.

import { createStore, type StoreApi } from "zustand/vanilla";
import { EMPTY_HISTORY, type History, record, redo, undo } from "./model/history";
import type { Problem, Recipe, WorkflowDocument } from "./model/types";

/** The server's state of the draft: what the next patch is made against. */
export type SavedDraft = { readonly document: WorkflowDocument; readonly revision: number };

export type DocumentState = {
  readonly document: WorkflowDocument;
  readonly history: History;
  readonly saved: SavedDraft;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
};

export type DocumentStore = StoreApi<DocumentState>;

export type CommitOptions = {
  /** Commits of one key within 800 ms are one step: `params:<node>:url` while somebody types. */
  readonly key?: string;
};

/** Changes the document by one named, undoable step. */
export type Commit = (label: string, recipe: Recipe, options?: CommitOptions) => void;

export function createDocumentStore(
  saved: SavedDraft,
  options: { readonly readOnly?: boolean; readonly problems?: readonly Problem[] } = {},
): DocumentStore {
  return createStore<DocumentState>(() => ({
    document: saved.document,
    history: EMPTY_HISTORY,
    saved,
    problems: options.problems ?? [],
    readOnly: options.readOnly ?? false,
  }));
}

/** Commits on a store, outside React. A recipe that returns its own input leaves no trace. */
export function commitTo(store: DocumentStore, clock: () => number = Date.now): Commit {
  return (label, recipe, options = {}) => {
    const { document: before, history, readOnly } = store.getState();
    if (readOnly) return;
    const after = recipe(before);
    if (after === before) return;
    const step = { label, before, after, key: options.key ?? null, at: clock() };
    store.setState({ document: after, history: record(history, step) });
  };
}

/** Goes one step back or forth; gives the step's label, or null when there is none. */
export function travel(store: DocumentStore, direction: "undo" | "redo"): string | null {
  const { history, readOnly } = store.getState();
  const result = readOnly ? null : direction === "undo" ? undo(history) : redo(history);
  if (!result) return null;
  store.setState({ document: result.document, history: result.history });
  return result.label;
}
