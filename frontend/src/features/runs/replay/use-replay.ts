// Where the replay of a run stands: which event, whether it plays, how fast. Moves the run store.

import { useEffect, useMemo, useState } from "react";
import type { RunEvent } from "@/api/types";
import { isUnfinished } from "@/lib/status";
import { useLatestRun, useRunEvents, useRunStore } from "../hooks";
import { eventsUpTo, failuresOf, Replay } from "../model/replay";
import { emptyRun } from "../model/run";
import { type Timeline, timelineOf } from "../model/timeline";

export const SPEEDS = [1, 4, 16] as const;
export type Speed = (typeof SPEEDS)[number];

/** A run of milliseconds is played no faster than this, or nobody would see anything. */
const SHORTEST_PLAY_MS = 3_000;
const LIVE_TICK_MS = 2_000;

export type ReplayControl = {
  readonly events: readonly RunEvent[];
  readonly timeline: Timeline;
  /** Events that are shown; all of them means now. */
  readonly count: number;
  /** The cursor on the timeline's drawn scale. */
  readonly at: number;
  readonly isAtEnd: boolean;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  readonly failures: readonly RunEvent[];
  readonly setSpeed: (speed: Speed) => void;
  readonly togglePlay: () => void;
  /** To a place on the drawn scale. */
  readonly moveTo: (at: number) => void;
  /** By whole events. */
  readonly step: (events: number) => void;
  readonly showEvent: (seq: number) => void;
  readonly toEnd: () => void;
  readonly toNextFailure: () => void;
};

type Cursor = { readonly count: number; readonly at: number } | null;

/** `firstSeq`: the event to begin at, from the page's address. */
export function useReplay(firstSeq: number | null = null): ReplayControl {
  const store = useRunStore();
  const events = useRunEvents();
  const { timeline, places } = useTimeline(events);
  const latest = useLatestRun();
  const [wanted, setWanted] = useState(firstSeq);
  const [cursor, setCursor] = useState<Cursor>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  const [id, number, mode] = [latest?.id ?? "", latest?.number ?? null, latest?.mode ?? null];
  const replay = useMemo(
    () => new Replay({ ...emptyRun(id, number), mode }, events),
    [id, number, mode, events],
  );
  const count = cursor ? Math.min(cursor.count, events.length) : events.length;
  const isAtEnd = cursor === null;

  const goTo = (next: number, at = placeOf(places, next)) => {
    if (next >= events.length && at >= timeline.length) setCursor(null);
    else setCursor({ count: Math.max(0, next), at: Math.max(0, at) });
  };
  const showEvent = (seq: number) => {
    setPlaying(false);
    goTo(events.findIndex((event) => event.seq === seq) + 1);
  };

  useEffect(() => {
    if (wanted === null || events.length === 0) return;
    const index = events.findIndex((event) => event.seq === wanted);
    setWanted(null);
    if (index >= 0) setCursor({ count: index + 1, at: placeOf(places, index + 1) });
  }, [wanted, events, places]);
  useEffect(() => {
    store.hold(isAtEnd ? null : replay.at(count));
  }, [store, replay, count, isAtEnd]);
  useEffect(() => () => store.hold(null), [store]);
  usePlay({
    isPlaying,
    perMs: speed * Math.min(1, timeline.length / SHORTEST_PLAY_MS),
    advance: (by) => {
      const at = (cursor?.at ?? 0) + by;
      if (at < timeline.length) return goTo(eventsUpTo(places, at), at);
      setPlaying(false);
      setCursor(null);
    },
  });

  const failures = useMemo(() => failuresOf(events), [events]);
  return {
    events,
    timeline,
    count,
    at: cursor ? Math.min(cursor.at, timeline.length) : timeline.length,
    isAtEnd,
    isPlaying,
    speed,
    failures,
    setSpeed,
    togglePlay: () => {
      if (!isPlaying && isAtEnd) setCursor({ count: 0, at: 0 });
      setPlaying(!isPlaying && events.length > 0);
    },
    moveTo: (at) => goTo(eventsUpTo(places, at), at),
    step: (by) => {
      setPlaying(false);
      const next = Math.min(events.length, Math.max(0, count + by));
      if (next >= events.length) setCursor(null);
      else goTo(next);
    },
    showEvent,
    toEnd: () => {
      setPlaying(false);
      setCursor(null);
    },
    toNextFailure: () => {
      const after = isAtEnd ? 0 : (events[count - 1]?.seq ?? 0);
      const next = failures.find(({ seq }) => seq > after) ?? failures[0];
      if (next) showEvent(next.seq);
    },
  };
}

const placeOf = (places: readonly number[], count: number): number => places[count - 1] ?? 0;

function useTimeline(events: readonly RunEvent[]) {
  const latest = useLatestRun();
  const goesOn = latest !== null && isUnfinished(latest.status);
  const now = useNow(goesOn);
  return useMemo(() => {
    const lastMs = events.at(-1)?.at_ms ?? 0;
    const timeline = timelineOf(events, goesOn ? Math.max(now, lastMs) : lastMs);
    let furthest = 0;
    const places = events.map((event) => {
      furthest = Math.max(furthest, timeline.place(event.at_ms));
      return furthest;
    });
    return { timeline, places };
  }, [events, goesOn, now]);
}

function useNow(ticks: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!ticks) return;
    const timer = setInterval(() => setNow(Date.now()), LIVE_TICK_MS);
    return () => clearInterval(timer);
  }, [ticks]);
  return now;
}

type PlayOptions = {
  readonly isPlaying: boolean;
  /** Milliseconds of the drawn scale per millisecond of the clock. */
  readonly perMs: number;
  readonly advance: (by: number) => void;
};

function usePlay({ isPlaying, perMs, advance }: PlayOptions): void {
  useEffect(() => {
    if (!isPlaying) return;
    const since = performance.now();
    // One frame per render: moving the cursor renders, which asks for the next frame.
    const frame = requestAnimationFrame((now) => advance(Math.max(1, now - since) * perMs));
    return () => cancelAnimationFrame(frame);
  });
}
