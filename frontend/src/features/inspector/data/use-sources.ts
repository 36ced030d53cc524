// Where a node's data comes from: its parents by the wires into it, then everything before those.

import { useMemo } from "react";
import type { WorkflowDocument, WorkflowEdge } from "@/api/types";
import {
  ancestorsOf,
  bondsOf,
  edgesInto,
  isAttached,
  isBackEdge,
  isCapabilityEdge,
  nodeById,
  useDocument,
} from "@/features/editor";

export type Source = {
  readonly node: string;
  readonly name: string;
  readonly type: string;
  /** The output port whose items come in; null for a node further away: any that put something out. */
  readonly port: string | null;
  readonly isParent: boolean;
  /** The input port that a parent leads into. */
  readonly into: string | null;
  /** No other wire leads into that port. */
  readonly isAlone: boolean;
  /** The wire closes a loop: what it gives comes into later turns. */
  readonly isBack: boolean;
};

export function useSources(nodeId: string): readonly Source[] {
  const document = useDocument((current) => current);
  return useMemo(() => {
    // What is lent to an agent sees the agent's item.
    const at = bondsOf(document, nodeId)[0]?.to[0] ?? nodeId;
    const wires = edgesInto(document, at).filter((wire) => !isCapabilityEdge(wire));
    const others = ancestorsOf(document, at).filter(
      (id) => !isAttached(document, id) && !wires.some(({ from }) => from[0] === id),
    );
    return [
      ...wires.flatMap((wire) => named(document, parentBy(document, wire, wires))),
      ...others.flatMap((id) => named(document, { ...FAR, node: id })),
    ];
  }, [document, nodeId]);
}

type Way = Omit<Source, "name" | "type">;

const FAR = { port: null, isParent: false, into: null, isAlone: false, isBack: false } as const;

function parentBy(
  document: WorkflowDocument,
  wire: WorkflowEdge,
  wires: readonly WorkflowEdge[],
): Way {
  const [node, port] = wire.from;
  const into = wire.to[1];
  const isAlone = wires.filter(({ to }) => to[1] === into).length === 1;
  return { node, port, isParent: true, into, isAlone, isBack: isBackEdge(document, wire) };
}

function named(document: WorkflowDocument, way: Way): readonly Source[] {
  const node = nodeById(document, way.node);
  return node ? [{ ...way, name: node.name, type: node.type }] : [];
}
