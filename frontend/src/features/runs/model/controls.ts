// Which commands a run takes in its present state.

import type { ExecutionStatus } from "@/api/types";
import type { Run, StepRun } from "./run";

const RETRIED: readonly ExecutionStatus[] = ["failed", "crashed"];

/** A retry continues the same execution from the steps that failed. */
export function canRetry(status: ExecutionStatus): boolean {
  return RETRIED.includes(status);
}

/** How many steps are at work right now; a stop may leave their effects half done. */
export function stepsAtWork(run: Run): number {
  return stepsOf(run, "running").length;
}

/** Steps whose outcome a person has to say. */
export function unknownSteps(run: Run): readonly StepRun[] {
  return stepsOf(run, "unknown");
}

function stepsOf(run: Run, status: StepRun["status"]): readonly StepRun[] {
  return Object.values(run.steps).flatMap((steps) =>
    steps.filter((step) => step.status === status),
  );
}
