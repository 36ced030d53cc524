// Turns of loops: which run of a node belongs to which turn. A run key is iteration numbers joined
// by dots, then `~` and how it was reached: `0`, `3`, `2.3`, `0~1`.

import type { StepRun } from "./run";

const turnsOf = (run: string): readonly string[] => (run.split("~")[0] ?? "").split(".");

/** For people: turns counted from 1. `2.3` is turn 3 of the outer loop, turn 4 of the inner. */
export function turnLabel(run: string): string {
  const [turns = "", via] = run.split("~");
  const counted = turns.split(".").map((turn) => (/^\d+$/.test(turn) ? Number(turn) + 1 : turn));
  return counted.join(".") + (via === undefined ? "" : ` ~${via}`);
}

/**
 * The run of another node that goes with the run that is looked at: the same turn, else the turn
 * around it, else the last one within it, else the last of all.
 */
export function stepOfTurn(
  steps: readonly StepRun[] | undefined,
  run: string | null,
): StepRun | undefined {
  if (!steps || run === null || steps.length < 2) return steps?.at(-1);
  const same = steps.find((step) => step.run === run);
  if (same) return same;
  const turns = turnsOf(run);
  let best: StepRun | undefined;
  let depth = 0;
  for (const step of steps) {
    const common = commonDepth(turnsOf(step.run), turns);
    if (common > 0 && common >= depth) [best, depth] = [step, common];
  }
  return best ?? steps.at(-1);
}

function commonDepth(a: readonly string[], b: readonly string[]): number {
  let depth = 0;
  while (depth < a.length && depth < b.length && a[depth] === b[depth]) depth += 1;
  return depth;
}
