// What differs between two runs of a step, in words and in the order of a table.

import type { ComparedSide, ComparedStep } from "@/api/types";

export type Aspect = "status" | "items" | "data" | "input";

/** In what the two sides of a step differ; empty where one side is missing or both are the same. */
export function aspectsOf({ left, right }: ComparedStep): readonly Aspect[] {
  if (!left || !right) return [];
  const differs: Readonly<Record<Aspect, boolean>> = {
    status: endOf(left) !== endOf(right),
    items: !sameOutputs(left, right, ({ items }) => items),
    data: !sameOutputs(left, right, ({ digest }) => digest),
    input: left.input_digest !== right.input_digest,
  };
  const found = (Object.keys(differs) as Aspect[]).filter((aspect) => differs[aspect]);
  // Another number of items is other data anyway.
  return found.includes("items") ? found.filter((aspect) => aspect !== "data") : found;
}

/** A result that was taken over is as good as one that was computed. */
const endOf = ({ status }: ComparedSide) => (status === "cached" ? "completed" : status);

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

/**
 * Kinds of difference between the runs of a node, the mildest first: it ran in neither, the same, another
 * output, and so on.
 */
export const DIFFERENCES = [
  "idle",
  "same",
  "data",
  "items",
  "only_right",
  "only_left",
  "status",
] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** Where one end differs in no more than its error, it still ended in another way. */
function differenceOf(step: ComparedStep): Difference {
  if (step.state !== "changed") return step.state;
  const [first] = aspectsOf(step);
  return first === "items" || first === "data" ? first : "status";
}

/** One mark per node: the gravest of its runs. Of `nodes`, those that never ran are idle. */
export function marksOf(
  steps: readonly ComparedStep[],
  nodes: readonly { readonly id: string }[],
): ReadonlyMap<string, Difference> {
  const marks = new Map<string, Difference>(nodes.map(({ id }) => [id, "idle"]));
  for (const step of steps) {
    const found = differenceOf(step);
    const known = marks.get(step.node);
    if (!known || DIFFERENCES.indexOf(found) > DIFFERENCES.indexOf(known)) {
      marks.set(step.node, found);
    }
  }
  return marks;
}
