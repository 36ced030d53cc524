// How the tests of a workflow stand, all together.

import type { WorkflowTest } from "@/api/types";

export type Tally = {
  readonly all: number;
  readonly passed: number;
  /** Failed, or could not be run. */
  readonly failed: number;
};

export function tallyOf(tests: readonly Pick<WorkflowTest, "last">[]): Tally {
  const having = (...statuses: readonly string[]) =>
    tests.filter(({ last }) => last !== null && statuses.includes(last.status)).length;
  return { all: tests.length, passed: having("passed"), failed: having("failed", "error") };
}
