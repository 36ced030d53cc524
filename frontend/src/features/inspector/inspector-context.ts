// What the columns of one inspector share: the node, the item that is looked at, the mapping.

import { createContext, useContext } from "react";
import type { NodeSpec, WorkflowNode } from "@/api/types";

export type Inspected = {
  readonly node: WorkflowNode;
  /** Undefined where the node's package is not installed. */
  readonly spec: NodeSpec | undefined;
  /** The item shown on both sides and in previews, from 0. */
  readonly itemIndex: number;
  readonly setItemIndex: (index: number) => void;
  /** The run key of the turn that is looked at; null is the latest run. */
  readonly turn: string | null;
  readonly setTurn: (turn: string | null) => void;
  /** Runs up to and with a node; null where nothing may be run. */
  readonly runTo: ((node: string) => void) | null;
};

export const InspectedContext = createContext<Inspected | null>(null);

export function useInspected(): Inspected {
  const inspected = useContext(InspectedContext);
  if (!inspected) throw new Error("This component needs an InspectedContext above it.");
  return inspected;
}
