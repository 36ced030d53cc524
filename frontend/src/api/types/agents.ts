// The registry of agents. Money is in millionths of a dollar.

import type { ExecutionStatus } from "./executions";

export type AgentValues = {
  readonly name: string;
  readonly layer: string;
  readonly description: string;
  readonly skills: readonly string[];
  readonly max_concurrent: number | null;
  readonly max_cost_run_micro: number | null;
  readonly max_cost_day_micro: number | null;
};

/** What is under way now, and what became of the runs of the last seven days. */
export type AgentFigures = {
  readonly queued: number;
  readonly running: number;
  readonly waiting: number;
  readonly runs: number;
  readonly failed: number;
  readonly success_rate: number | null;
  readonly p50_ms: number | null;
  readonly p95_ms: number | null;
  readonly cost_micro: number;
  /** The oldest of the seven days are not in it yet. */
  readonly is_counting: boolean;
};

/** Its id is that of its workflow. */
export type Agent = AgentValues & {
  readonly id: string;
  readonly state: "enabled" | "paused";
  /** The published one; null where nothing is published. */
  readonly version: number | null;
  readonly has_unpublished_changes: boolean;
  readonly figures: AgentFigures;
  /** Its newest runs, the newest first. */
  readonly last: readonly {
    readonly id: string;
    readonly number: number;
    readonly status: ExecutionStatus;
    readonly ended_at: string | null;
  }[];
};

export type NewAgentValues = AgentValues & {
  readonly model: string;
  readonly instructions: string;
  readonly publish: boolean;
};

export type AgentList = {
  readonly results: readonly Agent[];
  readonly skills: readonly string[];
};
