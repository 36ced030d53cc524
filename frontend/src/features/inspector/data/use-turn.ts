// The run of a node that belongs to the turn of a loop that is looked at.

import { useContext } from "react";
import { type StepRun, stepOfTurn, useNodeSteps } from "@/features/runs";
import { InspectedContext, useInspected } from "../inspector-context";

export function useStepOf(nodeId: string): StepRun | undefined {
  const turn = useContext(InspectedContext)?.turn ?? null;
  return stepOfTurn(useNodeSteps(nodeId), turn);
}

/** The run of the inspected node itself. */
export function useInspectedStep(): StepRun | undefined {
  return useStepOf(useInspected().node.id);
}
