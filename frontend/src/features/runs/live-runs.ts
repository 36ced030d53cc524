// Keeps a run store up to date from the socket: one run, or whatever runs of an open workflow.

import type { LiveSocket } from "@/api/socket";
import { shouldFollow } from "./model/follow";
import { emptyRun, type Run } from "./model/run";
import { askWhilePaused } from "./paused-run";
import type { RunStore } from "./store";

/**
 * Shows a run and keeps it current until the returned function is called. Also one that has ended:
 * a retry continues the same execution.
 */
export function followRun(store: RunStore, socket: LiveSocket, run: Run): () => void {
  store.show(run);
  const stopAsking = askWhilePaused(store, socket, run.id);
  const leave = socket.subscribe(
    `execution:${run.id}`,
    {
      onEvents: (events) => store.receive(events),
      onHint: (hints) => store.hint(hints),
    },
    run.seq,
  );
  return () => {
    stopAsking();
    leave();
  };
}

/** Follows the runs of one workflow, one after the other. */
export class LiveRuns {
  readonly #store: RunStore;
  readonly #socket: LiveSocket;
  #stopRun: () => void = () => undefined;
  #stopWorkflow: () => void = () => undefined;

  constructor(store: RunStore, socket: LiveSocket) {
    this.#store = store;
    this.#socket = socket;
  }

  /** Begins to listen; gives the way to stop. */
  start(workflow: string): () => void {
    this.#stopWorkflow = this.#socket.subscribe(`workflow:${workflow}`, {
      onEvents: (_, { execution: id, number, status }) => {
        if (id === undefined) return;
        if (shouldFollow(this.#store.current, { id, status: status ?? null })) {
          this.show(emptyRun(id, number ?? null));
        }
      },
    });
    return () => {
      this.#stopWorkflow();
      this.#stopRun();
    };
  }

  /** Shows this run now, whatever was shown. */
  show(run: Run): void {
    const { current } = this.#store;
    if (current?.id === run.id && current.seq >= run.seq) {
      if (run.number !== null) this.#store.name(run.number);
      return;
    }
    this.#stopRun();
    this.#stopRun = followRun(this.#store, this.#socket, run);
  }

  /** Takes the run off the canvas. */
  clear(): void {
    this.#stopRun();
    this.#store.show(null);
  }
}
