// Saves the draft while people work: 800 ms after the last edit, 5 s at most, and says truly how it is.

import { createStore, type StoreApi } from "zustand/vanilla";
import { t } from "@/lib/i18n";
import type { DocumentStore } from "../document-store";
import { rebase, stepsSince } from "../model/history";
import { equalJson } from "../model/json";
import type { Conflict, merge, Side } from "../model/merge";
import { patchBetween } from "../model/patch";
import type { PatchOperation, Problem, WorkflowDocument } from "../model/types";
import type { Journal, UnsavedEdits } from "./journal";

export const SAVE_AFTER_MS = 800;
export const SAVE_AT_LATEST_MS = 5_000;
const RETRY_MS = [2_000, 5_000, 15_000, 30_000] as const;

export type Draft = {
  readonly document: WorkflowDocument;
  readonly revision: number;
  readonly problems: readonly Problem[];
};

/** What came of an attempt to save. */
export type SaveOutcome =
  | { readonly kind: "saved"; readonly draft: Draft }
  | { readonly kind: "stale"; readonly author: string | null }
  | { readonly kind: "offline" }
  | { readonly kind: "refused"; readonly message: string; readonly transient: boolean };

/** The server, as far as saving goes. */
export type DraftServer = {
  readonly patch: (operations: readonly PatchOperation[], revision: number) => Promise<SaveOutcome>;
  /** Null when it cannot be reached. */
  readonly fetch: () => Promise<Draft | null>;
};

export type SaveState =
  | { readonly kind: "saved" }
  | { readonly kind: "saving" }
  | { readonly kind: "offline" }
  | { readonly kind: "refused"; readonly message: string }
  | {
      readonly kind: "conflict";
      readonly author: string | null;
      readonly theirs: Draft;
      readonly conflicts: readonly Conflict[];
    };

export type SavingOptions = {
  readonly store: DocumentStore;
  readonly server: DraftServer;
  readonly journal: Journal;
  readonly clock?: () => number;
  /** Somebody else's edits came in without a clash. */
  readonly onMerged?: (author: string | null, before: WorkflowDocument, after: Draft) => void;
  readonly onSaved?: (draft: Draft) => void;
};

/** Edits could not be saved. They stay in the journal on this device. */
export class NotSavedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NotSavedError";
  }
}

/** One per editor that may write. A tab without edits of its own never writes. */
export class Saving {
  readonly state: StoreApi<SaveState> = createStore<SaveState>(() => ({ kind: "saved" }));
  /** Whether this device keeps what is not saved: false once its storage refused. */
  readonly isKept: StoreApi<boolean> = createStore<boolean>(() => true);
  readonly #options: SavingOptions;
  readonly #clock: () => number;
  #unsubscribe: () => void = () => undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirtySince: number | null = null;
  #failures = 0;
  #running: Promise<void> | null = null;
  #isOpen = false;
  /** The newest revision that we heard of. */
  #newest = 0;
  /** Loaded when somebody else's edits come in for the first time. */
  #merge: typeof merge | null = null;

  constructor(options: SavingOptions) {
    this.#options = options;
    this.#clock = options.clock ?? Date.now;
  }

  /** Watches the document from now on; the answer tries to save what is left and stops. */
  start(): () => void {
    this.#isOpen = true;
    this.#unsubscribe();
    this.#unsubscribe = this.#options.store.subscribe((now, before) => {
      const edited = now.document !== before.document && now.document !== now.saved.document;
      if (edited) this.#noteEdit();
    });
    addEventListener("online", this.retry);
    return () => {
      this.#isOpen = false;
      clearTimeout(this.#timer);
      this.#unsubscribe();
      removeEventListener("online", this.retry);
      void this.#attempt().finally(() => this.#isOpen || this.#options.journal.close());
    };
  }

  /** True while edits exist that the server has not got. */
  isAhead(): boolean {
    const { document, saved } = this.#options.store.getState();
    return document !== saved.document;
  }

  /** Saves now. Resolves when the server has everything; raises NotSavedError when it has not. */
  async flush(): Promise<void> {
    await this.#attempt();
    // An edit that came while the attempt was closing down asks for one more.
    if (this.isAhead() && this.state.getState().kind === "saving") await this.#attempt();
    const state = this.state.getState();
    if (state.kind !== "saved") {
      throw new NotSavedError(
        state.kind === "refused" ? state.message : t(`editor.save.${state.kind}`),
      );
    }
  }

  /**
   * Somebody saved this revision: takes it in, so that what is shown is what is there. Edits of our
   * own meet it when they are saved.
   */
  async follow(revision: number, author: string | null): Promise<void> {
    this.#newest = Math.max(this.#newest, revision);
    // A save under way may be this very revision.
    while (this.#running) await this.#running;
    const { saved } = this.#options.store.getState();
    if (this.isAhead() || this.#newest <= saved.revision) return;
    this.#running = this.#takeIn(author).finally(() => {
      this.#running = null;
    });
    await this.#running;
    if (this.isAhead()) await this.#attempt();
  }

  /** Tries again at once: the network or the server is back, or somebody has signed in again. */
  readonly retry = (): void => {
    if (this.isAhead()) void this.#attempt();
  };

  /** Settles a conflict: per place, whose version stays. */
  resolve(choices: ReadonlyMap<string, Side>): void {
    const state = this.state.getState();
    if (state.kind !== "conflict") return;
    this.#become({ kind: "saving" });
    this.#adopt(state.theirs, choices);
    void this.#attempt();
  }

  #become(state: SaveState): void {
    this.state.setState(state, true);
  }

  #isInConflict(): boolean {
    return this.state.getState().kind === "conflict";
  }

  #noteEdit(): void {
    this.#writeJournal();
    if (this.#isInConflict()) return;
    this.#dirtySince ??= this.#clock();
    this.#become({ kind: "saving" });
    const latest = this.#dirtySince + SAVE_AT_LATEST_MS - this.#clock();
    this.#schedule(Math.max(0, Math.min(SAVE_AFTER_MS, latest)));
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#attempt(), delayMs);
  }

  #writeJournal(): void {
    const { document, saved, history } = this.#options.store.getState();
    const changes = Math.max(1, stepsSince(history, saved.document));
    const { document: base, revision } = saved;
    void this.#keep({ revision, base, document, changes, at: this.#clock() });
  }

  /** A browser that refuses storage loses the journal, never the save itself. */
  async #keep(edits: UnsavedEdits | null): Promise<void> {
    const isKept = await this.#options.journal.keep(edits).then(
      () => true,
      () => false,
    );
    this.isKept.setState(isKept, true);
  }

  /** One save at a time; edits made meanwhile go out with the next. */
  #attempt(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#save().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #save(): Promise<void> {
    while (this.isAhead()) {
      if (this.#isInConflict()) return;
      const accepted = await this.#send();
      if (!accepted) return;
    }
    this.#dirtySince = null;
    this.#failures = 0;
    this.#become({ kind: "saved" });
    await this.#keep(null);
  }

  /** Sends what is there now; true when the server took it or had something to merge. */
  async #send(): Promise<boolean> {
    const { store, server } = this.#options;
    const { document, saved } = store.getState();
    const operations = patchBetween(saved.document, document);
    if (operations.length === 0) {
      store.setState({ saved: { ...saved, document } });
      return true;
    }
    this.#become({ kind: "saving" });
    return this.#take(document, await server.patch(operations, saved.revision));
  }

  async #take(sent: WorkflowDocument, outcome: SaveOutcome): Promise<boolean> {
    switch (outcome.kind) {
      case "saved":
        this.#takeSaved(sent, outcome.draft);
        return true;
      case "stale":
        return this.#takeTheirs(outcome.author);
      case "offline":
        this.#become({ kind: "offline" });
        this.#retryLater();
        return false;
      case "refused":
        this.#become({ kind: "refused", message: outcome.message });
        if (outcome.transient) this.#retryLater();
        return false;
    }
  }

  #retryLater(): void {
    // What a closed editor could not save stays in the journal, for the next one.
    if (!this.#isOpen) return;
    this.#schedule(RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? SAVE_AT_LATEST_MS);
    this.#failures += 1;
  }

  #takeSaved(sent: WorkflowDocument, draft: Draft): void {
    const saved = { document: sent, revision: draft.revision };
    this.#options.store.setState({ saved, problems: draft.problems });
    this.#options.onSaved?.(draft);
  }

  /** Their draft into a tab without edits. What cannot be fetched is met at the next save. */
  async #takeIn(author: string | null): Promise<void> {
    const theirs = await this.#fetchTheirs();
    if (theirs && this.#settle(theirs, author)) this.#options.onSaved?.(theirs);
  }

  async #fetchTheirs(): Promise<Draft | null> {
    const [theirs, tool] = await Promise.all([
      this.#options.server.fetch(),
      import("../model/merge").catch(() => null),
    ]);
    if (!theirs || !tool) return null;
    this.#merge = tool.merge;
    return theirs;
  }

  async #takeTheirs(author: string | null): Promise<boolean> {
    const theirs = await this.#fetchTheirs();
    if (!theirs) {
      this.#become({ kind: "offline" });
      this.#retryLater();
      return false;
    }
    const { saved } = this.#options.store.getState();
    const isSettled = this.#settle(theirs, author);
    if (isSettled) this.#options.onMerged?.(author, saved.document, theirs);
    return isSettled;
  }

  /** Merges their draft with what is here; false where people have to decide. */
  #settle(theirs: Draft, author: string | null): boolean {
    const { saved, document } = this.#options.store.getState();
    const merged = this.#merge?.(saved.document, document, theirs.document);
    const conflicts = merged?.conflicts ?? [];
    if (conflicts.length > 0) {
      this.#become({ kind: "conflict", author, theirs, conflicts });
      return false;
    }
    this.#adopt(theirs, new Map());
    return true;
  }

  /** Their draft becomes the base; my edits and my history are carried over to it. */
  #adopt(theirs: Draft, choices: ReadonlyMap<string, Side>): void {
    const { store } = this.#options;
    const { saved, document, history } = store.getState();
    const mergeInto = this.#merge;
    if (!mergeInto) throw new Error("Their draft was not looked at yet.");
    const carry = (mine: WorkflowDocument): WorkflowDocument => {
      const merged = mergeInto(saved.document, mine, theirs.document, choices).document;
      return equalJson(merged, theirs.document) ? theirs.document : merged;
    };
    store.setState({
      saved: { document: theirs.document, revision: theirs.revision },
      problems: theirs.problems,
      document: carry(document),
      history: rebase(history, carry),
    });
  }
}
