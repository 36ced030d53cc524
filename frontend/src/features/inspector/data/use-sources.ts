// Where a node's data comes from: its parents by the wires into it, then everything before those.

import { useMemo } from "react";
import { ancestorsOf, edgesInto, nodeById, useDocument } from "@/features/editor";

export type Source = {
  readonly node: string;
  readonly name: string;
  readonly type: string;
  /** The output port whose items come in; null for a node further away: any that put something out. */
  readonly port: string | null;
  readonly isParent: boolean;
};

type Ref = readonly [node: string, port: string | null];

export function useSources(nodeId: string): readonly Source[] {
  const document = useDocument((current) => current);
  return useMemo(() => {
    const parents: readonly Ref[] = edgesInto(document, nodeId).map((edge) => edge.from);
    const others = ancestorsOf(document, nodeId)
      .filter((id) => !parents.some(([parent]) => parent === id))
      .map((id): Ref => [id, null]);
    return [
      ...parents.map((ref) => ({ ref, isParent: true })),
      ...others.map((ref) => ({ ref, isParent: false })),
    ].flatMap(({ ref: [id, port], isParent }) => {
      const node = nodeById(document, id);
      return node ? [{ node: id, name: node.name, type: node.type, port, isParent }] : [];
    });
  }, [document, nodeId]);
}
