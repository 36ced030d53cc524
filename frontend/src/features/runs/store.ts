// The run that is being watched: folds events as they come and tells listeners once per frame.

import type { EphemeralHint } from "@/api/socket";
import type { RunEvent } from "@/api/types";
import { applyEvents } from "./model/apply-event";
import { isCall } from "./model/calls";
import {
  edgeItems,
  type NodeRun,
  nodeRunOf,
  type Run,
  type RunSummary,
  type StepRun,
  summaryOf,
} from "./model/run";

/** What a running step says of itself between two events. Not stored, so never part of the fold. */
export type Progress = { readonly fraction: number | null; readonly text: string };

type Listener = () => void;

const HIDDEN_FLUSH_MS = 500;
const LOG_LIMIT = 5_000;

/**
 * Keyed by node id, so that one change makes one card render again (editor.md R3). Frames stop in
 * hidden tabs; there a timer takes over, and coming back flushes at once.
 */
export class RunStore {
  #run: Run | null = null;
  #held: Run | null = null;
  #latest: Run | null = null;
  #shown: Run | null = null;
  #summary: RunSummary | null = null;
  #log: readonly RunEvent[] = [];
  #shownLog: readonly RunEvent[] = [];
  #progress = new Map<string, Progress>();
  #paid: { readonly run: string; readonly nodes: Readonly<Record<string, number>> } = {
    run: "",
    nodes: {},
  };
  #touched = new Set<string>();
  #nodeListeners = new Map<string, Set<Listener>>();
  #listeners = new Set<Listener>();
  #cancelFlush: (() => void) | null = null;

  /** Shows another run from now on, or none. */
  show(run: Run | null): void {
    this.#run = run;
    this.#held = null;
    this.#log = [];
    this.#progress.clear();
    this.flush();
  }

  /** Shows an earlier state of the run instead of its newest; null goes back to the newest. */
  hold(state: Run | null): void {
    if (this.#held === state) return;
    this.#held = state;
    this.flush();
  }

  /** The run's number for people, where the answer that started it came after its first events. */
  name(number: number): void {
    if (!this.#run || this.#run.number === number) return;
    this.#run = { ...this.#run, number };
    this.#flushSoon();
  }

  receive(events: readonly RunEvent[]): void {
    if (!this.#run) return;
    const after = this.#run.seq;
    this.#run = applyEvents(this.#run, events);
    const fresh = events.filter((event) => event.seq > after);
    if (fresh.length === 0) return;
    this.#log = [...this.#log, ...fresh].slice(-LOG_LIMIT);
    for (const { node } of fresh.filter((event) => !isCall(event))) {
      if (node !== undefined && this.#progress.delete(node)) this.#touched.add(node);
    }
    this.#flushSoon();
  }

  hint(hints: readonly EphemeralHint[]): void {
    for (const { node, fraction, text } of hints) {
      const before = this.#progress.get(node);
      this.#progress.set(node, {
        fraction: fraction ?? before?.fraction ?? null,
        text: text ?? before?.text ?? "",
      });
      this.#touched.add(node);
    }
    this.#flushSoon();
  }

  /** The newest state, also when no frame has shown it yet. */
  get current(): Run | null {
    return this.#run;
  }

  readonly shown = (): Run | null => this.#shown;
  /** The newest state as of the last frame, also while an earlier one is shown. */
  readonly latest = (): Run | null => this.#latest;
  readonly summary = (): RunSummary | null => this.#summary;
  /** The events of this run that came since it is watched, oldest first. */
  readonly log = (): readonly RunEvent[] => this.#shownLog;

  stepsOf(node: string): readonly StepRun[] | undefined {
    return this.#shown?.steps[node];
  }

  nodeRun(node: string): NodeRun | undefined {
    return nodeRunOf(this.stepsOf(node) ?? this.#shown?.calls[node]);
  }

  /**
   * What models cost at a node, in millionths of a dollar; 0 where none was asked. Calls of agents
   * are events, which also an earlier state has; of other nodes only the ledger knows.
   */
  costOf(node: string): number {
    const told = this.#shown?.costs[node];
    if (told !== undefined) return told;
    return this.#shown?.id === this.#paid.run && this.nodeRun(node)
      ? (this.#paid.nodes[node] ?? 0)
      : 0;
  }

  /** What the ledger says that nodes of a run have cost. */
  pay(run: string, nodes: Readonly<Record<string, number>>): void {
    const before = this.#paid.run === run ? this.#paid.nodes : {};
    this.#paid = { run, nodes };
    for (const node of changedKeys(before, nodes)) this.#touched.add(node);
    this.#flushSoon();
  }

  progressOf(node: string): Progress | undefined {
    return this.#progress.get(node);
  }

  edgeItems(key: string): number | null {
    return this.#shown && edgeItems(this.#shown, key);
  }

  /** Called after every flush in which something changed. */
  readonly subscribe = (listener: Listener): Listener => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  subscribeNode(node: string, listener: Listener): Listener {
    const listeners = this.#nodeListeners.get(node) ?? new Set();
    this.#nodeListeners.set(node, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#nodeListeners.delete(node);
    };
  }

  /** Makes the newest state the shown one and tells whom it concerns. */
  readonly flush = (): void => {
    this.#cancelFlush?.();
    this.#cancelFlush = null;
    const next = this.#held ?? this.#run;
    const changed = this.#changedNodes(next);
    if (next === this.#shown && this.#run === this.#latest && changed.size === 0) return;
    if (next !== this.#shown) this.#summary = next && summaryOf(next);
    this.#shown = next;
    this.#latest = this.#run;
    this.#shownLog = this.#log;
    for (const node of changed) this.#tell(this.#nodeListeners.get(node));
    this.#tell(this.#listeners);
  };

  #changedNodes(next: Run | null): ReadonlySet<string> {
    const changed = this.#touched;
    this.#touched = new Set();
    for (const part of ["steps", "calls", "costs"] as const) {
      for (const node of changedKeys(this.#shown?.[part] ?? {}, next?.[part] ?? {})) {
        changed.add(node);
      }
    }
    return changed;
  }

  #tell(listeners: ReadonlySet<Listener> | undefined): void {
    for (const listener of [...(listeners ?? [])]) listener();
  }

  #flushSoon(): void {
    if (this.#cancelFlush) return;
    const cancelTimer = document.hidden
      ? afterMs(HIDDEN_FLUSH_MS, this.flush)
      : onNextFrame(this.flush);
    document.addEventListener("visibilitychange", this.flush, { once: true });
    this.#cancelFlush = () => {
      cancelTimer();
      document.removeEventListener("visibilitychange", this.flush);
    };
  }
}

type Keyed = Readonly<Record<string, unknown>>;

function changedKeys(before: Keyed, after: Keyed): readonly string[] {
  if (before === after) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((name) => before[name] !== after[name]);
}

function afterMs(delayMs: number, task: () => void): () => void {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
}

function onNextFrame(task: () => void): () => void {
  const frame = requestAnimationFrame(task);
  return () => cancelAnimationFrame(frame);
}
