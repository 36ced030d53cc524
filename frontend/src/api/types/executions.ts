// Executions, their steps, and what is made of them.

import type { Item } from "./catalogue";
import type { WorkflowDocument } from "./documents";
import type { Ref } from "./people";

export type ExecutionStatus =
  | "queued"
  | "running"
  | "waiting"
  | "paused"
  | "completed"
  | "failed"
  | "cancelled"
  | "crashed";

export type StepStatus =
  | "queued"
  | "running"
  | "completed"
  | "failed"
  | "retrying"
  | "waiting"
  | "blocked"
  | "skipped"
  | "cached"
  | "unknown"
  | "cancelled";

export type ExecutionMode =
  | "manual"
  | "webhook"
  | "schedule"
  | "poll"
  | "api"
  | "test"
  | "child"
  | "event"
  | "error"
  | "test_run";

export type RunError = {
  readonly code: string;
  readonly message: string;
  readonly node?: string | null;
  readonly item?: number | null;
  readonly path?: string | null;
  /** Of a run that no retry can continue: its steps were undone, or it reached a limit. */
  readonly final?: "undone" | "bound";
};

export type ExecutionRow = {
  readonly id: string;
  readonly number: number;
  readonly workflow: Ref;
  readonly version: { readonly number: number | null; readonly kind: string };
  readonly status: ExecutionStatus;
  readonly mode: ExecutionMode;
  readonly trigger_type: string | null;
  readonly queued_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly duration_ms: number | null;
  readonly error: RunError | null;
  /** What people should know about its end, for instance that nobody heard of a failure. */
  readonly notice?: { readonly code: string; readonly message: string } | null;
  readonly waiting_for: string | null;
};

/** A line of the list, with what its calls of models cost, in millionths of a dollar. */
export type PricedRow = ExecutionRow & { readonly cost_micro: number };

/** What models cost in a run so far, in millionths of a dollar, and at which nodes. */
export type RunCost = {
  readonly cost_micro: number;
  readonly nodes: { readonly [node: string]: number };
};

/** What a waiting step waits for. */
export type WaitsFor = "time" | "token" | "child" | "event" | "approval";

export type Step = {
  readonly node: string;
  readonly run: string;
  readonly run_index: number;
  readonly status: StepStatus;
  readonly attempt: number;
  readonly queued_at: string | null;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly duration_ms: number | null;
  readonly items_in: { readonly [port: string]: number };
  readonly items_out: { readonly [port: string]: number };
  readonly error: RunError | null;
  readonly waiting: { readonly for: string; readonly until: string | null } | null;
  /** Items of a completed step that failed all the same. */
  readonly failed_items?: number;
  readonly in_doubt?: ItemsInDoubt | null;
  readonly log?: readonly StepLine[];
};

/** What a node wrote while it ran: printed, or noted by the node itself. Secrets are masked. */
export type StepLine = {
  readonly at_ms: number;
  readonly level: string;
  readonly message: string;
  readonly facts?: { readonly [name: string]: string };
};

/** Of a step that acts item by item: whose effect is unknown, and how many went through. */
export type ItemsInDoubt = {
  /** The first of their indexes. */
  readonly items: readonly number[];
  readonly count: number;
  readonly done: number;
};

/** An execution that a step of another one started. */
export type ChildExecution = {
  readonly execution: string;
  readonly number: number;
  readonly workflow_id: string;
  readonly workflow_name: string;
  readonly node: string;
  readonly run: string;
  readonly status: ExecutionStatus;
};

export type StepRef = { readonly node: string; readonly run: string };

export type Execution = ExecutionRow & {
  readonly document: WorkflowDocument;
  readonly last_seq: number;
  readonly steps: readonly Step[];
  /** What agents called, as runs of the nodes that are lent to them. */
  readonly calls?: readonly Step[];
  /** What models cost by node, in millionths of a dollar. */
  readonly costs?: { readonly [node: string]: number };
  /** The step of another execution that started this one. */
  readonly parent?: (StepRef & { readonly execution: string }) | null;
  readonly children?: readonly ChildExecution[];
  readonly children_total?: number;
  readonly forked_from?: {
    readonly execution: string;
    readonly seq: number | null;
  } | null;
};

export type StepItems = {
  readonly items: readonly Item[];
  readonly total: number;
  readonly ports: { readonly [port: string]: number };
};

export type RunStarted = {
  readonly execution: string;
  readonly number?: number;
  readonly status?: ExecutionStatus;
  readonly result?: readonly Item[];
  readonly error?: RunError | null;
};

/** What a person says of a step whose outcome is not known. */
export type OutcomeDecision = "happened" | "not_happened" | "run_again";

export type ForkAnswer = {
  readonly execution: string;
  readonly reused: readonly StepRef[];
  readonly again: readonly (StepRef & { readonly reason: string })[];
};

export type StaleStep = StepRef & { readonly is_stale: boolean; readonly reason: string };

export type BulkAnswer = {
  readonly matched: number;
  readonly accepted: number;
  readonly refused: readonly { readonly id: string; readonly code: string }[];
};

export type ComparedSide = {
  readonly status: StepStatus;
  readonly duration_ms: number | null;
  readonly outputs: {
    readonly [port: string]: { readonly items: number; readonly digest: string };
  };
  readonly input_digest: string;
};

export type ComparedState = "same" | "changed" | "only_left" | "only_right";

export type ComparedStep = StepRef & {
  readonly name: string;
  readonly state: ComparedState;
  readonly left: ComparedSide | null;
  readonly right: ComparedSide | null;
};

export type Comparison = {
  readonly executions: readonly [left: ExecutionRow, right: ExecutionRow];
  readonly steps: readonly ComparedStep[];
};
