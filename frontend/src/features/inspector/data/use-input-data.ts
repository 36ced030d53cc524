// What came into the inspected step from one of its sources: in a loop, into that turn of it.

import { useMemo } from "react";
import { useDocumentState } from "@/features/editor";
import { type Side, useStepItems } from "./step-items";
import { type NodeData, useNodeData } from "./use-node-data";
import type { Source } from "./use-sources";
import { useInspectedStep } from "./use-turn";

/**
 * Of a parent what it gave to the step, else what the source put out: where the step has not run,
 * for nodes further away, and for a wire that has given nothing yet but may.
 */
export function useInputData(source: Source | undefined, isWanted = true): NodeData {
  const isPast = useDocumentState((state) => state.readOnly);
  const step = useInspectedStep();
  const into = source?.into ?? null;
  const isRecorded = into !== null && (step?.itemsIn[into] ?? 0) > 0;
  const loaded = useStepItems(step, sideOf(source, isPast), isWanted && isRecorded);
  const given = useMemo<NodeData | null>(() => {
    if (!isRecorded || !step) return null;
    const mayGive = source?.isBack || !isPast;
    if (loaded.total === 0 && mayGive) return null;
    return { origin: "run", ...loaded, total: loaded.total ?? 0, ports: step.itemsIn };
  }, [isRecorded, step, loaded, source, isPast]);
  const isOwn = isWanted && source !== undefined && given === null;
  const own = useNodeData(source?.node ?? "", source?.port ?? null, isOwn);
  return given === null || own.origin === "pin" ? own : given;
}

/** Wires that meet at a port are told apart; one that is alone also brings what its node passed on. */
function sideOf(source: Source | undefined, isPast: boolean): Side {
  const side = { side: "input", port: source?.into ?? "main" } as const;
  if (!source?.port || (source.isAlone && isPast)) return side;
  return { ...side, from_node: source.node, from_port: source.port };
}
