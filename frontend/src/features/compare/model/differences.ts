// What differs between two runs of a step, in words and in the order of a table.

import type { ComparedSide, ComparedState, ComparedStep } from "@/api/types";

export type Aspect = "status" | "items" | "data" | "input";

/** In what the two sides of a step differ; empty where one side is missing or both are the same. */
export function aspectsOf({ left, right }: ComparedStep): readonly Aspect[] {
  if (!left || !right) return [];
  const differs: Readonly<Record<Aspect, boolean>> = {
    status: left.status !== right.status,
    items: !sameOutputs(left, right, ({ items }) => items),
    data: !sameOutputs(left, right, ({ digest }) => digest),
    input: left.input_digest !== right.input_digest,
  };
  const found = (Object.keys(differs) as Aspect[]).filter((aspect) => differs[aspect]);
  // Another number of items is other data anyway.
  return found.includes("items") ? found.filter((aspect) => aspect !== "data") : found;
}

type Output = ComparedSide["outputs"][string];

function sameOutputs(left: ComparedSide, right: ComparedSide, read: (output: Output) => unknown) {
  const ports = new Set([...Object.keys(left.outputs), ...Object.keys(right.outputs)]);
  return [...ports].every((port) => {
    const [one, other] = [left.outputs[port], right.outputs[port]];
    return one !== undefined && other !== undefined && read(one) === read(other);
  });
}

/** Milliseconds that the right side took longer; null where either is not known. */
export function deltaMs({ left, right }: ComparedStep): number | null {
  const [one, other] = [left?.duration_ms ?? null, right?.duration_ms ?? null];
  return one === null || other === null ? null : other - one;
}

const GRAVITY: readonly ComparedState[] = ["same", "only_right", "only_left", "changed"];

/** One mark per node: the gravest of its runs. */
export function marksOf(steps: readonly ComparedStep[]): ReadonlyMap<string, ComparedState> {
  const marks = new Map<string, ComparedState>();
  for (const { node, state } of steps) {
    const known = marks.get(node);
    if (!known || GRAVITY.indexOf(state) > GRAVITY.indexOf(known)) marks.set(node, state);
  }
  return marks;
}
