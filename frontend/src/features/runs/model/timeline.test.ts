// Time as lanes and bars: work, waits, retries, compressed silences; and the state at any event.

import { expect, test } from "vitest";
import type { RunEvent, RunEventType } from "@/api/types";
import { applyEvents } from "./apply-event";
import byHand from "./logs/by-hand.json";
import { eventsUpTo, failuresOf, Replay } from "./replay";
import { emptyRun, type StepRun } from "./run";
import { drawnBars, ticksOf, timelineOf, timelinesTogether } from "./timeline";
import { stepOfTurn, turnLabel } from "./turns";

const EVENTS = byHand.events as unknown as readonly RunEvent[];
const HOUR_MS = 3_600_000;

function log(...entries: readonly (readonly [RunEventType, number, string, object?])[]) {
  return entries.map(
    ([type, at_ms, node, data], index): RunEvent => ({
      seq: index + 1,
      type,
      at_ms,
      node,
      run: "0",
      data: { ...data },
    }),
  );
}

test("a step that failed once is two bars of work with a pause between them", () => {
  const events = log(
    ["workflow.step.started", 0, "call"],
    ["workflow.step.failed", 100, "call", { will_retry: true }],
    ["workflow.step.started", 400, "call"],
    ["workflow.step.completed", 600, "call"],
  );

  const [lane] = timelineOf(events, 600).lanes;

  expect(lane?.bars.map(({ kind, status, fromMs, toMs }) => [kind, status, fromMs, toMs])).toEqual([
    ["work", "failed", 0, 100],
    ["wait", "retrying", 100, 400],
    ["work", "completed", 400, 600],
  ]);
});

test("one event that says when its step began is a bar as long as the step", () => {
  const events = log(["workflow.step.completed", 500, "edit", { started_at: 200 }]);

  expect(timelineOf(events, 500).lanes[0]?.bars[0]).toMatchObject({
    kind: "work",
    fromMs: 200,
    toMs: 500,
    endSeq: 1,
  });
});

test("a wait of hours takes no more room than a part of the work", () => {
  const events = log(
    ["workflow.step.started", 0, "a"],
    ["workflow.step.completed", 4_000, "a"],
    ["workflow.step.started", 4_000, "ask"],
    ["workflow.step.waiting", 4_000, "ask"],
    ["workflow.step.resumed", 4_000 + 3 * HOUR_MS, "ask"],
    ["workflow.step.completed", 5_000 + 3 * HOUR_MS, "ask"],
  );

  const timeline = timelineOf(events, 5_000 + 3 * HOUR_MS);

  expect(timeline.breaks).toEqual([{ at: 4_000, length: 1_250, realMs: 3 * HOUR_MS }]);
  expect(timeline.length).toBe(6_250);
  expect(timeline.place(4_000 + 1.5 * HOUR_MS)).toBe(4_625);
  expect(ticksOf(timeline, 6).map(({ at, realMs }) => [at, realMs])).toEqual([
    [0, 0],
    [2_000, 2_000],
    [4_000, 4_000],
    [6_000, 3 * HOUR_MS + 4_750],
  ]);
});

test("what has not ended reaches to the end", () => {
  const events = log(["workflow.step.started", 0, "a"]);

  expect(timelineOf(events, 700).lanes[0]?.bars[0]).toMatchObject({ toMs: 700, endSeq: null });
});

test("the state at any event is the fold up to it, in whatever order one asks", () => {
  const long = Array.from({ length: 3 }, (_, turn) =>
    EVENTS.map((event) => ({ ...event, seq: event.seq + turn * EVENTS.length })),
  ).flat();
  const replay = new Replay(emptyRun("x"), long);

  for (const seq of [long.length, 0, 7, long.length - 1, 30]) {
    expect(replay.at(seq)).toEqual(applyEvents(emptyRun("x"), long.slice(0, seq)));
  }
});

test("a place between two events shows the earlier one", () => {
  expect([-1, 0, 5, 10, 99].map((place) => eventsUpTo([0, 0, 10], place))).toEqual([0, 2, 2, 3, 3]);
});

test("a failure that was tried again is none to jump to", () => {
  const events = log(
    ["workflow.step.failed", 0, "a", { will_retry: true }],
    ["workflow.step.failed", 1, "a", { will_retry: false }],
    ["workflow.step.unknown", 2, "b"],
  );

  expect(failuresOf(events).map(({ seq }) => seq)).toEqual([2, 3]);
});

test("the axis has round marks", () => {
  const timeline = timelineOf(log(["workflow.step.started", 0, "a"]), 20_400);

  expect(ticksOf(timeline, 5).map(({ at }) => at)).toEqual([0, 5_000, 10_000, 15_000, 20_000]);
});

const stepNamed = (run: string) => ({ run }) as StepRun;

test("another node is shown in the turn that is looked at", () => {
  const inner = ["0.0", "0.1", "1.0", "1.1"].map(stepNamed);
  const outer = ["0", "1"].map(stepNamed);

  expect(stepOfTurn(inner, "1.0")?.run).toBe("1.0");
  expect(stepOfTurn(outer, "0.1")?.run).toBe("0");
  expect(stepOfTurn(inner, "0")?.run).toBe("0.1");
  expect(stepOfTurn(outer, null)?.run).toBe("1");
});

test("turns are counted from one", () => {
  expect(["0", "2.3", "0~1"].map(turnLabel)).toEqual(["1", "3.4", "1 ~1"]);
});

test("two runs stand on one scale, each from its own beginning", () => {
  const first = log(
    ["workflow.step.started", 1_000, "call"],
    ["workflow.step.completed", 1_400, "call"],
  );
  const second = log(
    ["workflow.step.started", 90_000, "call"],
    ["workflow.step.completed", 90_100, "call", { started_at: 90_000 }],
  );

  const [one, other] = timelinesTogether([first, second]);

  const bars = [one, other].flatMap((timeline) =>
    timeline?.lanes[0] ? drawnBars(timeline.lanes[0], timeline) : [],
  );
  expect(bars.map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [0, 0.25],
  ]);
});
