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

/** `endMs` closes what is still open: now, or when the run ended. */
export function timelineOf(events: readonly RunEvent[], endMs: number): Timeline {
  const startMs = events[0]?.at_ms ?? endMs;
  const lastMs = Math.max(endMs, events.at(-1)?.at_ms ?? endMs);
  const lanes = lanesOf(events, lastMs);
  return { lanes, startMs, endMs: lastMs, ...scaleOf(lanes, startMs, lastMs) };
}

/** Runs on one scale, each from its own beginning: 0 of the scale is where it began. */
export function timelinesTogether(runs: readonly (readonly RunEvent[])[]): readonly Timeline[] {
  const all = runs.map(lanesFromZero);
  const endMs = Math.max(0, ...runs.map((events) => spanOf(events)[1]));
  const scale = scaleOf(all.flat(), 0, endMs);
  return all.map((lanes) => ({ lanes, startMs: 0, endMs, ...scale }));
}

/** When a run began, and how long its log goes on. */
function spanOf(events: readonly RunEvent[]): readonly [startMs: number, lengthMs: number] {
  const startMs = events[0]?.at_ms ?? 0;
  return [startMs, Math.max(0, (events.at(-1)?.at_ms ?? startMs) - startMs)];
}

function lanesFromZero(events: readonly RunEvent[]): readonly Lane[] {
  const [startMs, lengthMs] = spanOf(events);
  return lanesOf(events, startMs + lengthMs).map(({ node, bars }) => ({
    node,
    bars: bars.map((bar) => ({
      ...bar,
      fromMs: Math.max(0, bar.fromMs - startMs),
      toMs: Math.max(0, bar.toMs - startMs),
    })),
  }));
}

/** Milliseconds in which somebody computed; waits are not work. */
export function workMsOf({ bars }: Lane): number {
  return bars.reduce(
    (sum, { kind, fromMs, toMs }) => sum + (kind === "work" ? toMs - fromMs : 0),
    0,
  );
}

function lanesOf(events: readonly RunEvent[], lastMs: number): readonly Lane[] {
  const runs = new Map<string, Track>();
  const lanes = new Map<string, Bar[]>();
  for (const event of events) {
    const { node, run = "0" } = event;
    const rule = RULES[event.type];
    if (node === undefined || !rule) continue;
    const bars = lanes.get(node) ?? [];
    lanes.set(node, bars);
    const key = `${run} ${node}`;
    const track = runs.get(key) ?? new Track(run, bars);
    runs.set(key, track);
    rule(track, event);
  }
  for (const track of runs.values()) track.close(lastMs);
  return [...lanes].flatMap(([node, bars]) => (bars.length > 0 ? [{ node, bars }] : []));
}

/** The bars of one run of one node; at most one is open. */
class Track {
  readonly #run: string;
  readonly #bars: Bar[];
  #open: Omit<Bar, "toMs" | "endSeq"> | null = null;

  constructor(run: string, bars: Bar[]) {
    this.#run = run;
    this.#bars = bars;
  }

  get isWaiting(): boolean {
    return this.#open?.kind === "wait";
  }

  begin(kind: Bar["kind"], status: StatusName, event: RunEvent): void {
    this.leave(event);
    const { attempt = 1, at_ms: fromMs } = event;
    this.#open = { run: this.#run, kind, status, attempt, fromMs };
  }

  /** Ends what is open as what it was; a wait keeps saying what it was. */
  leave(event: RunEvent): void {
    if (this.#open) this.#add(this.#open, this.#open.status, event.at_ms, event.seq);
    this.#open = null;
  }

  /** A step that began and ended between two flushes is one event, which says when it began. */
  finish(status: StatusName, event: RunEvent): void {
    const { attempt = 1 } = event;
    const fromMs = numberOf(event.data, "started_at") ?? event.at_ms;
    const open = this.#open ?? { run: this.#run, kind: "work", status, attempt, fromMs };
    this.#open = null;
    this.#add(open, open.kind === "wait" ? open.status : status, event.at_ms, event.seq);
  }

  close(atMs: number): void {
    if (this.#open) this.#add(this.#open, this.#open.status, atMs, null);
    this.#open = null;
  }

  #add(
    open: Omit<Bar, "toMs" | "endSeq">,
    status: StatusName,
    atMs: number,
    endSeq: number | null,
  ) {
    this.#bars.push({ ...open, status, toMs: Math.max(atMs, open.fromMs), endSeq });
  }
}

type Rule = (track: Track, event: RunEvent) => void;

const ends =
  (status: StatusName): Rule =>
  (track, event) =>
    track.finish(status, event);

const RULES: { readonly [type in RunEventType]?: Rule } = {
  "workflow.step.started": (track, event) => track.begin("work", "running", event),
  "workflow.step.resumed": (track, event) => track.begin("work", "running", event),
  "workflow.step.waiting": (track, event) => {
    if (numberOf(event.data, "started_at") !== null) track.finish("running", event);
    track.begin("wait", "waiting", event);
  },
  "workflow.step.retrying": (track, event) => {
    if (!track.isWaiting) track.begin("wait", "retrying", event);
  },
  "workflow.step.failed": (track, event) => {
    track.finish("failed", event);
    if (flagOf(event.data, "will_retry")) track.begin("wait", "retrying", event);
  },
  "workflow.step.completed": ends("completed"),
  "workflow.step.reused": ends("cached"),
  "workflow.step.unknown": ends("unknown"),
  "workflow.step.cancelled": ends("cancelled"),
};

/** A silence is drawn at most this long: a share of all work, and never less than a blink. */
const LONGEST_SILENCE_SHARE = 0.25;
const LONGEST_SILENCE_MS = 100;

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

export type Tick = { readonly at: number; readonly realMs: number };

/** Round marks for the axis, about `count` of them; none within a break, where time jumps. */
export function ticksOf({ length, breaks }: Timeline, count: number): readonly Tick[] {
  const step = roundStep(length / count);
  const ticks: Tick[] = [];
  for (let at = 0; at < length; at += step) {
    const before = breaks.filter((gap) => gap.at < at);
    if (before.some((gap) => at < gap.at + gap.length)) continue;
    const skipped = before.reduce((sum, gap) => sum + gap.realMs - gap.length, 0);
    ticks.push({ at, realMs: at + skipped });
  }
  return ticks;
}

/** The next of 1, 2, 5, 10, 20, 50 … */
function roundStep(wanted: number): number {
  const ten = 10 ** Math.floor(Math.log10(Math.max(1, wanted)));
  return ([1, 2, 5].find((unit) => unit * ten >= wanted) ?? 10) * ten;
}

/** A bar as drawn: shares of the scale between 0 and 1. */
export type DrawnBar = Bar & { readonly from: number; readonly to: number };

const FINEST = 1 / 800;

/** Bars of a lane on the scale. Those that would lie within a pixel of each other are drawn as one. */
export function drawnBars({ bars }: Lane, { place, length }: Timeline): readonly DrawnBar[] {
  const drawn: DrawnBar[] = [];
  for (const bar of bars) {
    const from = place(bar.fromMs) / length;
    const to = place(bar.toMs) / length;
    const last = drawn.at(-1);
    const joins = last && last.status === bar.status && last.kind === bar.kind;
    if (last && joins && to - last.from < FINEST)
      drawn[drawn.length - 1] = { ...last, ...bar, from: last.from, to };
    else drawn.push({ ...bar, from, to });
  }
  return drawn;
}
