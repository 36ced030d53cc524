// The fold over recorded logs: snapshots and events agree, repeats change nothing.

import { expect, test } from "vitest";
import type { Execution, RunEvent, Step } from "@/api/types";
import { applyEvent, applyEvents } from "./apply-event";
import branches from "./recorded/branches.json";
import {
  edgeItems,
  emptyRun,
  nodeRunOf,
  type Run,
  runFromSnapshot,
  type StepRun,
  summaryOf,
} from "./run";

const LOGS = [branches] as unknown as readonly {
  readonly about: string;
  readonly execution: string;
  readonly events: readonly RunEvent[];
}[];

/** What the server's `GET executions/{id}/` shows of this state. */
function snapshotOf(run: Run): Execution {
  return {
    id: run.id,
    number: 1,
    workflow: { id: "w", name: "w" },
    version: { number: null, kind: "draft" },
    status: run.status,
    mode: "webhook",
    trigger_type: null,
    queued_at: "2026-11-20T09:00:00Z",
    started_at: isoOf(run.startedAtMs),
    ended_at: isoOf(run.endedAtMs),
    duration_ms: null,
    error: run.error,
    waiting_for: run.waitingFor,
    document: { format: "headrace/1", name: "w", nodes: [], edges: [] },
    last_seq: run.seq,
    steps: Object.values(run.steps).flat().reverse().map(stepOf),
  };
}

const isoOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

const stepOf = (step: StepRun): Step => ({
  node: step.node,
  run: step.run,
  run_index: step.runIndex,
  status: step.status,
  attempt: step.attempt,
  queued_at: null,
  started_at: isoOf(step.startedAtMs),
  ended_at: isoOf(step.endedAtMs),
  duration_ms: null,
  items_in: step.itemsIn,
  items_out: step.itemsOut,
  error: step.error,
  waiting: step.waiting && { for: step.waiting.for, until: isoOf(step.waiting.untilMs) },
});

test.each(LOGS)(
  "a snapshot at any event, and the events after it: $about",
  ({ execution, events }) => {
    const whole = runFromSnapshot(snapshotOf(applyEvents(emptyRun(execution), events)));

    for (let cut = 0; cut <= events.length; cut += 1) {
      const snapshot = snapshotOf(applyEvents(emptyRun(execution), events.slice(0, cut)));
      expect(applyEvents(runFromSnapshot(snapshot), events.slice(cut))).toEqual(whole);
    }
  },
);

test.each(LOGS)("events that were already applied leave the very same object: $about", (log) => {
  const run = applyEvents(emptyRun(log.execution), log.events);

  expect(applyEvents(run, log.events)).toBe(run);
});

test("an event touches the steps of its own node only", () => {
  const before = applyEvents(emptyRun("x"), branches.events.slice(0, 5) as unknown as RunEvent[]);

  const after = applyEvent(before, branches.events[5] as unknown as RunEvent);

  expect(after.steps["call"]).not.toBe(before.steps["call"]);
  expect(after.steps["edit"]).toBe(before.steps["edit"]);
  expect(nodeRunOf(after.steps["edit"])).toBe(nodeRunOf(before.steps["edit"]));
});

test("an unknown type changes nothing but moves the sequence number on", () => {
  const run = emptyRun("x");
  const event = {
    seq: 1,
    type: "workflow.step.praised",
    at_ms: 0,
    node: "a",
    data: {},
  };

  const after = applyEvent(run, event as unknown as RunEvent);

  expect(after).toEqual({ ...run, seq: 1 });
});

test("statuses, attempts and counts come out as the log tells them", () => {
  const run = applyEvents(emptyRun("x"), branches.events as unknown as RunEvent[]);

  expect(run.status).toBe("completed");
  expect(nodeRunOf(run.steps["call"])).toMatchObject({
    status: "completed",
    runs: 2,
    retries: 1,
    itemsIn: 12,
    itemsOut: { main: 12 },
  });
  expect(run.steps["hook"]?.[0]).toMatchObject({ startedAtMs: 1763629200002 + 365 * 86_400_000 });
  expect(summaryOf(run)).toMatchObject({ done: 6, failed: 0, waiting: 0 });
});

test("an edge carries what its output port put out", () => {
  const run = applyEvents(emptyRun("x"), branches.events as unknown as RunEvent[]);

  expect(edgeItems(run, "if:true>call:main")).toBe(5);
  expect(edgeItems(run, "if:false>pause:main")).toBe(7);
  expect(edgeItems(run, "if:error>pause:main")).toBeNull();
  expect(edgeItems(run, "other:main>pause:main")).toBeNull();
});

test("a failure that will be tried again is no failure yet", () => {
  const run = applyEvents(emptyRun("x"), branches.events.slice(0, 7) as unknown as RunEvent[]);

  expect(nodeRunOf(run.steps["call"])).toMatchObject({
    status: "retrying",
    error: { code: "http_503" },
  });
  expect(summaryOf(run).failed).toBe(0);
});
