// The lanes of two runs, node by node.

import { type Lane, type Timeline, workMsOf } from "@/features/runs";

export type ComparedLane = {
  readonly node: string;
  readonly left: Lane | undefined;
  readonly right: Lane | undefined;
  /** Time at work; null where the node did not run. */
  readonly leftMs: number | null;
  readonly rightMs: number | null;
};

/** A lane for each of the nodes that ran in either, in their order. */
export function lanesOfBoth(
  left: Timeline,
  right: Timeline,
  nodes: readonly string[],
): readonly ComparedLane[] {
  const [one, other] = [byNode(left), byNode(right)];
  return nodes.flatMap((node) => {
    const lanes = { left: one.get(node), right: other.get(node) };
    if (!lanes.left && !lanes.right) return [];
    return [{ node, ...lanes, leftMs: timeOf(lanes.left), rightMs: timeOf(lanes.right) }];
  });
}

const byNode = ({ lanes }: Timeline) => new Map(lanes.map((lane) => [lane.node, lane]));

const timeOf = (lane: Lane | undefined): number | null => (lane ? workMsOf(lane) : null);
