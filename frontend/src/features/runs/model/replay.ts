// The state of a run at any of its events: a fold with checkpoints, so that seeking costs little.

import type { RunEvent } from "@/api/types";
import { applyEvents } from "./apply-event";
import type { Run } from "./run";

const CHECKPOINT_EVERY = 200;

/** `start` is the run before its first event; `events` are its log from there on, in order. */
export class Replay {
  readonly #events: readonly RunEvent[];
  readonly #checkpoints: Run[];

  constructor(start: Run, events: readonly RunEvent[]) {
    this.#events = events;
    this.#checkpoints = [start];
  }

  /** The run after its first `events` events. */
  at(events: number): Run {
    const count = Math.min(Math.max(0, events), this.#events.length);
    const wanted = Math.floor(count / CHECKPOINT_EVERY);
    while (this.#checkpoints.length <= wanted) this.#addCheckpoint();
    const from = this.#checkpoints[wanted];
    if (!from) throw new Error("A checkpoint is missing.");
    return applyEvents(from, this.#events.slice(wanted * CHECKPOINT_EVERY, count));
  }

  #addCheckpoint(): void {
    const last = this.#checkpoints.at(-1);
    if (!last) throw new Error("A replay begins with the empty run.");
    const from = (this.#checkpoints.length - 1) * CHECKPOINT_EVERY;
    this.#checkpoints.push(applyEvents(last, this.#events.slice(from, from + CHECKPOINT_EVERY)));
  }
}

/** How many events lie at or before a place on a scale; they lie on it in order. */
export function eventsUpTo(places: readonly number[], place: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where something went wrong: events that failed for good or left an outcome open. */
export function failuresOf(events: readonly RunEvent[]): readonly RunEvent[] {
  return events.filter(
    ({ type, data }) =>
      (type === "workflow.step.failed" && data["will_retry"] !== true) ||
      type === "workflow.step.unknown",
  );
}
