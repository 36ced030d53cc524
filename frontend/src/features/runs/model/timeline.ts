// The log as pictures of time: a lane per node, bars for work and waiting, and a scale on which long
// silences are short, so that a wait of days does not flatten the seconds of work around it.

import type { RunEvent, RunEventType } from "@/api/types";
import type { StatusName } from "@/lib/status";
import { flagOf, numberOf } from "./event-data";

export type Bar = {
  readonly run: string;
  /** `wait`: nobody computes; a timer, a person or a pause before the next attempt. */
  readonly kind: "work" | "wait";
  /** How it ended, or what it is doing. */
  readonly status: StatusName;
  readonly attempt: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** The event that ended it; null while it goes on. */
  readonly endSeq: number | null;
};

export type Lane = { readonly node: string; readonly bars: readonly Bar[] };

/** A silence that is drawn shorter than it was. Offsets on the drawn scale. */
export type Break = { readonly at: number; readonly length: number; readonly realMs: number };

export type Timeline = {
  readonly lanes: readonly Lane[];
  readonly startMs: number;
  readonly endMs: number;
  /** Length of the drawn scale, in milliseconds of it. */
  readonly length: number;
  readonly breaks: readonly Break[];
  /** From real time to the drawn scale, 0 to `length`. */
  readonly place: (atMs: number) => number;
};

type Open = Omit<Bar, "toMs" | "endSeq">;

const ENDS: { readonly [type in RunEventType]?: StatusName } = {
  "workflow.step.completed": "completed",
  "workflow.step.reused": "cached",
  "workflow.step.failed": "failed",
  "workflow.step.unknown": "unknown",
  "workflow.step.cancelled": "cancelled",
};

/** `endMs` closes what is still open: now, or when the run ended. */
export function timelineOf(events: readonly RunEvent[], endMs: number): Timeline {
  const bars = new Map<string, Bar[]>();
  const open = new Map<string, Open>();
  for (const event of events) {
    if (event.node !== undefined) takeEvent(event, event.node, open, bars);
  }
  const startMs = events[0]?.at_ms ?? endMs;
  const lastMs = Math.max(endMs, events.at(-1)?.at_ms ?? endMs);
  for (const [key, bar] of open) {
    addBar(bars, nodeOf(key), { ...bar, toMs: Math.max(lastMs, bar.fromMs), endSeq: null });
  }
  const lanes = [...bars].map(([node, list]) => ({ node, bars: list }));
  return { lanes, startMs, endMs: lastMs, ...scaleOf(lanes, startMs, lastMs) };
}

const keyOf = (node: string, run: string): string => `${run} ${node}`;
const nodeOf = (key: string): string => key.slice(key.indexOf(" ") + 1);

function takeEvent(
  event: RunEvent,
  node: string,
  open: Map<string, Open>,
  bars: Map<string, Bar[]>,
): void {
  const { run = "0", at_ms: atMs, seq, attempt = 1 } = event;
  const key = keyOf(node, run);
  const before = open.get(key);
  const begin = (kind: Bar["kind"], status: StatusName) =>
    open.set(key, { run, kind, status, attempt, fromMs: atMs });
  const finish = (status: StatusName) => {
    const start = before ?? unseen(event, run, attempt);
    open.delete(key);
    addBar(bars, node, { ...start, status, toMs: Math.max(atMs, start.fromMs), endSeq: seq });
  };
  const end = ENDS[event.type];
  if (end) {
    finish(end);
    if (end === "failed" && flagOf(event.data, "will_retry")) begin("wait", "retrying");
    return;
  }
  switch (event.type) {
    case "workflow.step.started":
    case "workflow.step.resumed":
      if (before) finish(before.status);
      begin("work", "running");
      break;
    case "workflow.step.waiting":
      if (before || numberOf(event.data, "started_at") !== null) finish("running");
      begin("wait", "waiting");
      break;
    case "workflow.step.retrying":
      if (before?.kind !== "wait") {
        if (before) finish("failed");
        begin("wait", "retrying");
      }
      break;
    default:
  }
}

/** A step that began and ended between two flushes is one event, which says when it began. */
function unseen(event: RunEvent, run: string, attempt: number): Open {
  const fromMs = numberOf(event.data, "started_at") ?? event.at_ms;
  return { run, kind: "work", status: "running", attempt, fromMs };
}

function addBar(bars: Map<string, Bar[]>, node: string, bar: Bar): void {
  const list = bars.get(node);
  if (list) list.push(bar);
  else bars.set(node, [bar]);
}

/** A silence is drawn at most this long: a share of all work, and never less than a second. */
const LONGEST_SILENCE_SHARE = 0.15;
const LONGEST_SILENCE_MS = 1_000;

type Scale = Pick<Timeline, "length" | "breaks" | "place">;

function scaleOf(lanes: readonly Lane[], startMs: number, endMs: number): Scale {
  const silences = silencesOf(lanes, startMs, endMs);
  const silentMs = silences.reduce((sum, [from, to]) => sum + to - from, 0);
  const longest = Math.max(
    LONGEST_SILENCE_MS,
    (endMs - startMs - silentMs) * LONGEST_SILENCE_SHARE,
  );
  const cuts = silences.filter(([from, to]) => to - from > longest * 2);
  const place = (atMs: number): number => {
    let saved = 0;
    for (const [from, to] of cuts) {
      if (atMs <= from) break;
      const share = Math.min(1, (atMs - from) / (to - from));
      saved += share * (to - from - longest);
    }
    return Math.min(endMs, Math.max(startMs, atMs)) - startMs - saved;
  };
  const breaks = cuts.map(([from, to]) => ({
    at: place(from),
    length: longest,
    realMs: to - from,
  }));
  return { length: Math.max(1, place(endMs)), breaks, place };
}

/** Stretches in which no node works, in order. */
function silencesOf(
  lanes: readonly Lane[],
  startMs: number,
  endMs: number,
): readonly (readonly [number, number])[] {
  const work = lanes
    .flatMap(({ bars }) => bars.filter(({ kind }) => kind === "work"))
    .sort((a, b) => a.fromMs - b.fromMs);
  const silences: [number, number][] = [];
  let busyUntil = startMs;
  for (const { fromMs, toMs } of work) {
    if (fromMs > busyUntil) silences.push([busyUntil, fromMs]);
    busyUntil = Math.max(busyUntil, toMs);
  }
  if (endMs > busyUntil) silences.push([busyUntil, endMs]);
  return silences;
}

/** Round marks for the axis: about `count` of them, as offsets from the start. */
export function ticksOf(timeline: Timeline, count: number): readonly number[] {
  const steps = [1, 2, 5].flatMap((unit) => [1, 10, 100, 1e3, 1e4, 1e5].map((ten) => unit * ten));
  const wanted = timeline.length / count;
  const step =
    steps.sort((a, b) => a - b).find((one) => one >= wanted) ?? Math.ceil(wanted / 1e6) * 1e6;
  const ticks: number[] = [];
  for (let at = 0; at < timeline.length; at += step) ticks.push(at);
  return ticks;
}
