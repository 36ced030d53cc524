// The fold over recorded logs: snapshots and events agree, repeats change nothing.

import { expect, test } from "vitest";
import type { Execution, RunEvent } from "@/api/types";
import { applyEvent, applyEvents } from "./apply-event";
import branches from "./logs/branches.json";
import byHand from "./logs/by-hand.json";
import byCalls from "./logs/calls.json";
import retries from "./logs/retries.json";
import stopped from "./logs/stopped.json";
import { edgeItems, emptyRun, nodeRunOf, type Run, runFromSnapshot, summaryOf } from "./run";

type Recorded = {
  readonly about: string;
  readonly events: readonly RunEvent[];
  /** What `GET executions/{id}/` answered while it ran, the last one after its end. */
  readonly snapshots: readonly Execution[];
};

const RECORDED = [branches, retries, stopped] as unknown as readonly Recorded[];
const EVENTS = byHand.events as unknown as readonly RunEvent[];

/** The row's own start and end are stamped at a flush, some milliseconds after their events. */
const toTheMoment = (run: Run) => ({ ...run, startedAtMs: null, endedAtMs: null });

test.each(RECORDED)("any snapshot and the events after it are a fresh snapshot: $about", (log) => {
  const fresh = runFromSnapshot(lastOf(log));

  for (const snapshot of log.snapshots) {
    const missed = log.events.filter(({ seq }) => seq > snapshot.last_seq);
    const caughtUp = applyEvents(runFromSnapshot(snapshot), missed);
    expect(toTheMoment(caughtUp)).toEqual(toTheMoment(fresh));
  }
});

test.each(RECORDED)("the whole log alone gives the same steps and end: $about", (log) => {
  const fresh = runFromSnapshot(lastOf(log));

  const folded = applyEvents({ ...emptyRun(fresh.id, fresh.number), mode: fresh.mode }, log.events);

  expect(toTheMoment(folded)).toEqual(toTheMoment(fresh));
});

function lastOf({ snapshots }: Recorded): Execution {
  const last = snapshots.at(-1);
  if (!last) throw new Error("nothing was recorded");
  return last;
}

test("a snapshot says of calls what their events say", () => {
  const events = byCalls.events as unknown as readonly RunEvent[];
  const snapshot = byCalls.snapshot as unknown as Execution;
  const whole = applyEvents(emptyRun("x"), events);

  const fresh = runFromSnapshot({ ...snapshot, steps: [] });

  expect({ calls: fresh.calls, costs: fresh.costs }).toEqual({
    calls: whole.calls,
    costs: whole.costs,
  });
});

test("cut anywhere, the two parts fold to the whole", () => {
  const whole = applyEvents(emptyRun("x"), EVENTS);

  for (let cut = 0; cut <= EVENTS.length; cut += 1) {
    const before = applyEvents(emptyRun("x"), EVENTS.slice(0, cut));
    expect(applyEvents(before, EVENTS)).toEqual(whole);
  }
});

test("events that were already applied leave the very same object", () => {
  const run = applyEvents(emptyRun("x"), EVENTS);

  expect(applyEvents(run, EVENTS)).toBe(run);
});

test("an event touches the steps of its own node only", () => {
  const before = applyEvents(emptyRun("x"), EVENTS.slice(0, 5));

  const after = applyEvent(before, EVENTS[5] as RunEvent);

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
  const run = applyEvents(emptyRun("x"), EVENTS);

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

test("items that failed are counted over all runs of a node that completed", () => {
  const completed = (seq: number, run: string): RunEvent => ({
    seq,
    type: "workflow.step.completed",
    at_ms: seq,
    node: "call",
    run,
    run_index: seq,
    data: { inputs: [{ port: "main", items: 5 }], failed_items: 2 },
  });

  const run = applyEvents(emptyRun("x"), [completed(1, "0"), completed(2, "1")]);

  expect(nodeRunOf(run.steps["call"])).toMatchObject({ failedItems: 4, itemsIn: 10 });
});

test("the items in doubt are known until the step goes on", () => {
  const step = { node: "call", run: "0", run_index: 0, at_ms: 1 } as const;
  const doubt = { items: [1, 4], count: 2, done: 3 };

  const asked = applyEvent(emptyRun("x"), {
    ...step,
    seq: 1,
    type: "workflow.step.unknown",
    data: { in_doubt: doubt },
  });
  const decided = applyEvent(asked, { ...step, seq: 2, type: "workflow.step.retrying", data: {} });

  expect(asked.steps["call"]?.[0]?.inDoubt).toEqual(doubt);
  expect(decided.steps["call"]?.[0]?.inDoubt).toBeNull();
});

test("an edge carries what its output port put out", () => {
  const run = applyEvents(emptyRun("x"), EVENTS);

  expect(edgeItems(run, "if:true>call:main")).toBe(5);
  expect(edgeItems(run, "if:false>pause:main")).toBe(7);
  expect(edgeItems(run, "if:error>pause:main")).toBeNull();
  expect(edgeItems(run, "other:main>pause:main")).toBeNull();
});

test("a failure that will be tried again is no failure yet", () => {
  const run = applyEvents(emptyRun("x"), EVENTS.slice(0, 7));

  expect(nodeRunOf(run.steps["call"])).toMatchObject({
    status: "retrying",
    error: { code: "http_503" },
  });
  expect(summaryOf(run).failed).toBe(0);
});

test("items that came too late for a join are no run of it", () => {
  const run = applyEvents(emptyRun("x"), EVENTS);

  const after = applyEvent(run, {
    seq: run.seq + 1,
    type: "workflow.step.skipped",
    at_ms: 0,
    node: "if",
    run: "0~1.1",
    data: { is_late: true },
  });

  expect(after).toEqual({ ...run, seq: run.seq + 1 });
});
