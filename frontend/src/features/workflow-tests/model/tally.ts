// How the tests of a workflow stand, all together.

import type { TestResult, WorkflowTest } from "@/api/types";

export type Tally = {
  readonly all: number;
  readonly passed: number;
  /** Failed, or could not be run. */
  readonly failed: number;
};

export function tallyOf(
  tests: readonly Pick<WorkflowTest, "id">[],
  results: readonly Pick<TestResult, "test" | "status">[],
): Tally {
  const ids = new Set(tests.map(({ id }) => id));
  const known = results.filter(({ test }) => ids.has(test));
  const passed = known.filter(({ status }) => status === "passed").length;
  return { all: tests.length, passed, failed: known.length - passed };
}
