// The fold from log events to a run: the rules of executions/history.py, so that a snapshot and the
// events after it give what a fresh snapshot would.

import type { RunEvent, RunEventType } from "@/api/types";
import { applyCall, isCall } from "./calls";
import {
  doubtOf,
  errorOf,
  flagOf,
  inputCounts,
  linesOf,
  numberOf,
  outputCounts,
  retriedRuns,
  textOf,
} from "./event-data";
import { msOf, newStep, type Run, type StepRun, withStep } from "./run";

/** Same run and event in, same run out. Returns the very same object for an event it already has. */
export function applyEvent(run: Run, event: RunEvent): Run {
  if (event.seq <= run.seq) return run;
  if (event.type === "workflow.retried") return reopened(run, event);
  if (isCall(event)) return applyCall(run, event);
  const step = STEP_RULES[event.type];
  // Items that came too late for a join that has run are no run of it.
  if (flagOf(event.data, "is_late")) return { ...run, seq: event.seq };
  if (step && event.node !== undefined) return changeStep(run, event, event.node, step);
  return { ...run, ...RUN_RULES[event.type]?.(event), seq: event.seq };
}

export function applyEvents(run: Run, events: readonly RunEvent[]): Run {
  return events.reduce(applyEvent, run);
}

const RUN_RULES: { readonly [type in RunEventType]?: (event: RunEvent) => Partial<Run> } = {
  "workflow.started": (event) => ({ status: "running", startedAtMs: event.at_ms }),
  "workflow.waiting": (event) => ({ status: "waiting", waitingFor: textOf(event.data, "for") }),
  "workflow.resumed": () => ({ status: "running", waitingFor: null }),
  "workflow.paused": () => ({ status: "paused" }),
  "workflow.completed": (event) => ended("completed", event),
  "workflow.failed": (event) => ended(didCrash(event) ? "crashed" : "failed", event),
  "workflow.cancelled": (event) => ended("cancelled", event),
};

const didCrash = (event: RunEvent): boolean => errorOf(event)?.code === "crashed";

function ended(status: Run["status"], event: RunEvent): Partial<Run> {
  return { status, endedAtMs: event.at_ms, error: errorOf(event), waitingFor: null };
}

/** A retry goes on with the same execution: its failed runs begin another attempt. */
function reopened(run: Run, event: RunEvent): Run {
  const steps: Record<string, readonly StepRun[]> = { ...run.steps };
  for (const [node, key] of retriedRuns(event)) {
    const before = steps[node]?.find((step) => step.run === key);
    if (!steps[node] || !before) continue;
    steps[node] = withStep(steps[node], {
      ...before,
      status: "queued",
      attempt: before.attempt + 1,
      endedAtMs: null,
      error: null,
    });
  }
  return { ...run, seq: event.seq, status: "running", endedAtMs: null, error: null, steps };
}

type StepRule = (event: RunEvent, before: StepRun) => Partial<StepRun>;

const STEP_RULES: { readonly [type in RunEventType]?: StepRule } = {
  "workflow.step.queued": () => ({ status: "queued" }),
  "workflow.step.started": (event) => ({
    status: "running",
    startedAtMs: event.at_ms,
    endedAtMs: null,
  }),
  "workflow.step.completed": (event, step) => ({
    ...finished("completed", event, step, null),
    failedItems: numberOf(event.data, "failed_items") ?? 0,
  }),
  "workflow.step.reused": (event, step) => finished("cached", event, step, null),
  "workflow.step.failed": (event, step) =>
    finished(flagOf(event.data, "will_retry") ? "retrying" : "failed", event, step),
  "workflow.step.retrying": () => ({ status: "retrying" }),
  "workflow.step.waiting": (event) => ({
    status: "waiting",
    startedAtMs: numberOf(event.data, "started_at"),
    waiting: {
      for: textOf(event.data, "for") ?? "",
      untilMs: msOf(textOf(event.data, "until")),
    },
  }),
  // A loop has stored what came back in some of its turns: the status stays, counts add up.
  "workflow.step.collected": () => ({}),
  "workflow.step.resumed": () => ({ status: "running" }),
  "workflow.step.unknown": (event) => ({ status: "unknown", inDoubt: doubtOf(event) }),
  "workflow.step.skipped": (event, step) => finished("skipped", event, step),
  "workflow.step.cancelled": (event, step) => finished("cancelled", event, step),
};

/** A step that began and ended between two flushes is one event, which then says when it began. */
function finished(
  status: StepRun["status"],
  event: RunEvent,
  step: StepRun,
  error: StepRun["error"] = step.error,
): Partial<StepRun> {
  const startedAtMs = numberOf(event.data, "started_at") ?? step.startedAtMs ?? event.at_ms;
  return { status, startedAtMs, endedAtMs: event.at_ms, error };
}

const ONLY_RUN = "0";

function changeStep(run: Run, event: RunEvent, node: string, rule: StepRule): Run {
  const key = event.run ?? ONLY_RUN;
  const steps = run.steps[node] ?? [];
  const before = steps.find((step) => step.run === key) ?? newStep(node, key, event.run_index ?? 0);
  const passed = { waiting: null, failedItems: 0, inDoubt: null };
  const changed = { ...before, ...passed, ...rule(event, before) };
  const after: StepRun = {
    ...changed,
    attempt: event.attempt ?? before.attempt,
    itemsIn: inputCounts(event) ?? before.itemsIn,
    itemsOut: itemsOutAfter(event, before),
    error: errorOf(event) ?? changed.error,
    log: [...before.log, ...linesOf(event)],
  };
  return { ...run, seq: event.seq, steps: { ...run.steps, [node]: withStep(steps, after) } };
}

function itemsOutAfter(event: RunEvent, { itemsOut }: StepRun): StepRun["itemsOut"] {
  const counts = outputCounts(event);
  if (!counts || event.type !== "workflow.step.collected") return counts ?? itemsOut;
  const sums = Object.entries(counts).map(([port, items]) => [port, (itemsOut[port] ?? 0) + items]);
  return { ...itemsOut, ...Object.fromEntries(sums) };
}
