// The figures of the home page.

import type { Ref } from "./people";

export type Period = "24h" | "7d" | "30d";

/** Executions that ended in some time; durations are those of completed ones. */
export type Figures = {
  readonly runs: number;
  readonly failed: number;
  /** 0 to 1; null when none completed or failed. */
  readonly success_rate: number | null;
  readonly p50_ms: number | null;
  readonly p95_ms: number | null;
};

export type FiguresPart = Figures & { readonly begin: string };

export type ErrorGroup = {
  readonly code: string;
  readonly node: string | null;
  readonly message: string;
  readonly count: number;
  readonly workflows: readonly Ref[];
  readonly newest: string;
  readonly newest_at: string;
};

export type SlowWorkflow = Figures & { readonly workflow: Ref };

export type FailingWorkflow = {
  readonly workflow: Ref;
  readonly message: string;
  readonly count: number;
  readonly since: string;
  readonly execution: string;
};

export type Dashboard = {
  readonly period: Period;
  readonly begin: string;
  readonly end: string;
  readonly figures: Figures;
  /** As long a time before. */
  readonly before: Figures;
  /** The oldest first. */
  readonly parts: readonly FiguresPart[];
  readonly errors: readonly ErrorGroup[];
  readonly slowest: readonly SlowWorkflow[];
  readonly failing: readonly FailingWorkflow[];
};
