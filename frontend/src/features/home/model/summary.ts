// What a list of recent runs says: how many, how well, how fast, and what needs somebody.

import type { ExecutionRow, Ref } from "@/api/types";
import { groupBy } from "@/lib/group-by";

const HOUR_MS = 3_600_000;
const HOURS = 24;

export type HourOfRuns = {
  readonly startMs: number;
  readonly succeeded: number;
  readonly failed: number;
};

export type Summary = {
  readonly runs: number;
  /** Share of ended runs that failed; null when none has ended. */
  readonly failureShare: number | null;
  readonly medianMs: number | null;
  /** The last 24 hours, oldest first. */
  readonly hours: readonly HourOfRuns[];
};

export type Trouble = {
  readonly workflow: Ref;
  readonly run: ExecutionRow;
  /** Failures in a row, newest backwards. */
  readonly count: number;
  readonly sinceIso: string;
};

export function hasFailed(run: ExecutionRow): boolean {
  return run.status === "failed" || run.status === "crashed";
}

/** The 24 hours up to `nowMs`, of runs in any order. */
export function summarize(runs: readonly ExecutionRow[], nowMs: number): Summary {
  const recent = runs.filter((run) => nowMs - startOf(run) < HOURS * HOUR_MS);
  const ended = recent.filter((run) => run.ended_at !== null);
  const durations = ended.flatMap((run) => (run.duration_ms === null ? [] : [run.duration_ms]));
  return {
    runs: recent.length,
    failureShare: ended.length === 0 ? null : ended.filter(hasFailed).length / ended.length,
    medianMs: median(durations),
    hours: byHour(recent, nowMs),
  };
}

/** Workflows whose newest ended run failed; the newest trouble first. */
export function troubles(runs: readonly ExecutionRow[]): readonly Trouble[] {
  const ended = runs.filter((run) => run.ended_at !== null).toSorted(newestFirst);
  const byWorkflow = groupBy(ended, (run) => run.workflow.id);
  return [...byWorkflow.values()].flatMap((ofOne) => {
    const good = ofOne.findIndex((run) => !hasFailed(run));
    const failures = good < 0 ? ofOne : ofOne.slice(0, good);
    const newest = failures[0];
    const oldest = failures.at(-1);
    if (!newest || !oldest) return [];
    const sinceIso = oldest.started_at ?? oldest.queued_at;
    return [{ workflow: newest.workflow, run: newest, count: failures.length, sinceIso }];
  });
}

function byHour(runs: readonly ExecutionRow[], nowMs: number): readonly HourOfRuns[] {
  const thisHour = Math.floor(nowMs / HOUR_MS);
  const inHour = groupBy(runs, (run) => Math.floor(startOf(run) / HOUR_MS));
  return Array.from({ length: HOURS }, (_, index) => {
    const hour = thisHour - (HOURS - 1 - index);
    const started = inHour.get(hour) ?? [];
    const failed = started.filter(hasFailed).length;
    return { startMs: hour * HOUR_MS, succeeded: started.length - failed, failed };
  });
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)];
  const low = sorted[Math.ceil(middle) - 1];
  return high === undefined || low === undefined ? null : (high + low) / 2;
}

const startOf = (run: ExecutionRow): number => Date.parse(run.started_at ?? run.queued_at);

const newestFirst = (a: ExecutionRow, b: ExecutionRow): number => startOf(b) - startOf(a);
