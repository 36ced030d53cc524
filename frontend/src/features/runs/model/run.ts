// One execution as the browser knows it: what the server's snapshot says, kept up to date by events.

import type {
  Execution,
  ExecutionMode,
  ExecutionStatus,
  ItemsInDoubt,
  RunError,
  Step,
  StepLine,
  StepStatus,
} from "@/api/types";

/** One run of one node. Times are milliseconds since the epoch. */
export type StepRun = {
  readonly node: string;
  /** The run key: names this run for good. */
  readonly run: string;
  /** For people: the first run of a node is 0. */
  readonly runIndex: number;
  readonly status: StepStatus;
  readonly attempt: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly itemsIn: PortCounts;
  readonly itemsOut: PortCounts;
  readonly error: RunError | null;
  readonly waiting: { readonly for: string; readonly untilMs: number | null } | null;
  /** Items that failed although the step as a whole completed. */
  readonly failedItems: number;
  readonly inDoubt: ItemsInDoubt | null;
  /** What it wrote, over all attempts. */
  readonly log: readonly StepLine[];
};

export type PortCounts = { readonly [port: string]: number };

export type Run = {
  readonly id: string;
  /** Per tenant, for people. Null until somebody told us. */
  readonly number: number | null;
  readonly mode: ExecutionMode | null;
  readonly status: ExecutionStatus;
  /** The last event that is contained in this state. */
  readonly seq: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly error: RunError | null;
  readonly waitingFor: string | null;
  /** Every run of every node that was reached, in order of `runIndex`. */
  readonly steps: { readonly [node: string]: readonly StepRun[] };
  /** By the node that an agent called: its calls, each as a run. */
  readonly calls: { readonly [node: string]: readonly StepRun[] };
  /** What models cost, by agent and by what was called, in millionths of a dollar. */
  readonly costs: { readonly [node: string]: number };
};

/** What a node's card shows: its latest run, and what all its runs put out. */
export type NodeRun = {
  readonly status: StepStatus;
  readonly latest: StepRun;
  readonly runs: number;
  /** Attempts beyond the first, over all runs. */
  readonly retries: number;
  readonly itemsIn: number;
  readonly itemsOut: PortCounts;
  readonly failedItems: number;
  readonly durationMs: number | null;
  readonly error: RunError | null;
};

export type RunSummary = {
  readonly id: string;
  readonly number: number | null;
  readonly status: ExecutionStatus;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly error: RunError | null;
  /** Nodes that have come to an end, whatever end. */
  readonly done: number;
  readonly failed: number;
  readonly waiting: number;
};

/** A run of which nothing is known yet but that it exists. */
export function emptyRun(id: string, number: number | null = null): Run {
  return {
    id,
    number,
    mode: null,
    status: "queued",
    seq: 0,
    startedAtMs: null,
    endedAtMs: null,
    error: null,
    waitingFor: null,
    steps: {},
    calls: {},
    costs: {},
  };
}

/** The run as `GET executions/{id}/` shows it. */
export function runFromSnapshot(execution: Execution): Run {
  return {
    id: execution.id,
    number: execution.number,
    mode: execution.mode,
    status: execution.status,
    seq: execution.last_seq,
    startedAtMs: msOf(execution.started_at),
    endedAtMs: msOf(execution.ended_at),
    error: execution.error,
    waitingFor: execution.waiting_for,
    steps: runsByNode(execution.steps),
    calls: runsByNode(execution.calls ?? []),
    costs: execution.costs ?? {},
  };
}

function runsByNode(steps: readonly Step[]): Run["steps"] {
  const runs: Record<string, readonly StepRun[]> = {};
  for (const step of steps) {
    runs[step.node] = withStep(runs[step.node] ?? [], stepFromSnapshot(step));
  }
  return runs;
}

function stepFromSnapshot(step: Step): StepRun {
  return {
    node: step.node,
    run: step.run,
    runIndex: step.run_index,
    status: step.status,
    attempt: step.attempt,
    startedAtMs: msOf(step.started_at),
    endedAtMs: msOf(step.ended_at),
    itemsIn: step.items_in,
    itemsOut: step.items_out,
    error: step.error,
    waiting: step.waiting && { for: step.waiting.for, untilMs: msOf(step.waiting.until) },
    failedItems: step.failed_items ?? 0,
    inDoubt: step.in_doubt ?? null,
    log: step.log ?? [],
  };
}

/** Milliseconds since the epoch of an ISO 8601 text. */
export function msOf(iso: string | null): number | null {
  return iso === null ? null : Math.floor(Date.parse(iso));
}

/**
 * The list with this step in place of the one with the same run key, in order of `runIndex`. What
 * changes is nearly always at the end, also after 100,000 turns of a loop.
 */
export function withStep(steps: readonly StepRun[], step: StepRun): readonly StepRun[] {
  const at = steps.findLastIndex((other) => other.run === step.run);
  const known = steps[at];
  if (known && known.runIndex === step.runIndex) return steps.with(at, step);
  const last = steps.at(-1);
  if (!known && (!last || byIndex(last, step) < 0)) return [...steps, step];
  return [...steps.filter((other) => other.run !== step.run), step].sort(byIndex);
}

const byIndex = (a: StepRun, b: StepRun): number =>
  a.runIndex - b.runIndex || a.run.localeCompare(b.run);

const nodeRuns = new WeakMap<readonly StepRun[], NodeRun>();

/** Sums up the runs of one node. The same steps give the same object. */
export function nodeRunOf(steps: readonly StepRun[] | undefined): NodeRun | undefined {
  const latest = steps?.at(-1);
  if (!steps || !latest) return undefined;
  const known = nodeRuns.get(steps);
  if (known) return known;
  const summed = sumUp(steps, latest);
  nodeRuns.set(steps, summed);
  return summed;
}

function sumUp(steps: readonly StepRun[], latest: StepRun): NodeRun {
  return {
    status: latest.status,
    latest,
    runs: steps.length,
    retries: sum(steps.map((step) => Math.max(0, step.attempt - 1))),
    itemsIn: sum(steps.flatMap((step) => Object.values(step.itemsIn))),
    itemsOut: addPorts(steps.map((step) => step.itemsOut)),
    failedItems: sum(steps.map((step) => step.failedItems)),
    durationMs: durationOf(latest),
    error: latest.error,
  };
}

/** From the start to the end, null while it goes on. */
export function durationOf({ startedAtMs, endedAtMs }: Pick<StepRun, "startedAtMs" | "endedAtMs">) {
  return startedAtMs === null || endedAtMs === null ? null : endedAtMs - startedAtMs;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

function addPorts(counts: readonly PortCounts[]): PortCounts {
  const totals: Record<string, number> = {};
  for (const count of counts) {
    for (const [port, items] of Object.entries(count)) totals[port] = (totals[port] ?? 0) + items;
  }
  return totals;
}

const ENDED: readonly StepStatus[] = ["completed", "failed", "skipped", "cached", "cancelled"];

/** The numbers of the run's chip. */
export function summaryOf(run: Run): RunSummary {
  const nodes = Object.values(run.steps).flatMap((steps) => nodeRunOf(steps) ?? []);
  const having = (...statuses: readonly StepStatus[]) =>
    nodes.filter((node) => statuses.includes(node.status)).length;
  return {
    id: run.id,
    number: run.number,
    status: run.status,
    startedAtMs: run.startedAtMs,
    endedAtMs: run.endedAtMs,
    error: run.error,
    done: having(...ENDED),
    failed: having("failed"),
    waiting: having("waiting"),
  };
}

/**
 * Items that passed an edge, or null where none did. `key` is the canvas's name for an edge,
 * `source:port>target:port`; every edge of an output port carries all that the port put out.
 */
export function edgeItems(run: Run, key: string): number | null {
  const source = key.slice(0, key.indexOf(":"));
  const out = nodeRunOf(run.steps[source])?.itemsOut ?? {};
  const port = Object.keys(out).find((name) => key.startsWith(`${source}:${name}>`));
  return port === undefined ? null : (out[port] ?? null);
}

/** A run of a node of which nothing is known yet. */
export const newStep = (node: string, run: string, runIndex: number): StepRun => ({
  node,
  run,
  runIndex,
  status: "queued",
  attempt: 1,
  startedAtMs: null,
  endedAtMs: null,
  itemsIn: {},
  itemsOut: {},
  error: null,
  waiting: null,
  failedItems: 0,
  inDoubt: null,
  log: [],
});
