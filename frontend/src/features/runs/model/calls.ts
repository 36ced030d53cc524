// Calls of agents: what an agent asks of its model and tools while its step runs. A node that is lent shows
// them as its runs, although no items flow through it. The rules of executions/call_history.py.

import type { RunEvent, RunEventType, StepStatus } from "@/api/types";
import { errorOf, flagOf, numberOf, textOf } from "./event-data";
import { newStep, type Run, type StepRun, withStep } from "./run";

const STATUS: { readonly [type in RunEventType]?: StepStatus } = {
  "workflow.step.call.started": "running",
  "workflow.step.call.completed": "completed",
  "workflow.step.call.failed": "failed",
  "workflow.step.call.suspended": "waiting",
};

export const isCall = ({ type }: RunEvent): boolean => STATUS[type] !== undefined;

/** The run with this call on the card of the node that was called, and its cost on that and the agent's. */
export function applyCall(run: Run, event: RunEvent): Run {
  const lent = textOf(event.data, "node");
  const agent = event.node ?? "";
  const calls = lent === null || lent === agent ? run.calls : withCall(run, event, lent);
  const cost = numberOf(event.data, "cost_micro") ?? 0;
  const payers = new Set(lent === null ? [agent] : [agent, lent]);
  return {
    ...run,
    seq: event.seq,
    calls,
    costs: cost > 0 ? paid(run.costs, payers, cost) : run.costs,
  };
}

function withCall(run: Run, event: RunEvent, lent: string): Run["calls"] {
  const key = `${event.run}/${textOf(event.data, "call")}`;
  const known = run.calls[lent] ?? [];
  const before = known.find((call) => call.run === key) ?? newStep(lent, key, known.length);
  return { ...run.calls, [lent]: withStep(known, changed(before, event)) };
}

function changed(before: StepRun, event: RunEvent): StepRun {
  const status = STATUS[event.type] ?? before.status;
  const attempt = numberOf(event.data, "try") ?? before.attempt;
  const open = { ...before, status, attempt, endedAtMs: null };
  if (status === "running") return { ...open, startedAtMs: event.at_ms, error: null };
  if (status === "waiting") return open;
  const began = before.startedAtMs ?? event.at_ms - (numberOf(event.data, "duration_ms") ?? 0);
  return {
    ...open,
    status: flagOf(event.data, "will_retry") ? "retrying" : status,
    startedAtMs: began,
    endedAtMs: event.at_ms,
    error: errorOf(event),
  };
}

function paid(costs: Run["costs"], payers: ReadonlySet<string>, micro: number): Run["costs"] {
  const added = [...payers].map((node) => [node, (costs[node] ?? 0) + micro]);
  return { ...costs, ...Object.fromEntries(added) };
}
