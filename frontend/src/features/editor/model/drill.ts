// Going into the workflow that a node calls, and back out again.

import type { WorkflowNode } from "./types";

export const CALL_TYPE = "flow.run_workflow";

/** The workflow that a node calls; null where it calls none, or an expression decides. */
export function calledBy(node: WorkflowNode | undefined): string | null {
  const workflow = node?.type === CALL_TYPE ? node.params["workflow"] : null;
  return typeof workflow === "string" && workflow !== "" ? workflow : null;
}

/** One workflow that was left on the way in, with the node that called the next. */
export type Level = { readonly workflow: string; readonly node: string };

const LEVEL = "~";
const PART = ".";

/** The way in as it stands in the address: `workflow.node~workflow.node`. */
export function wayOf(levels: readonly Level[]): string {
  return levels.map(({ workflow, node }) => workflow + PART + node).join(LEVEL);
}

/** Reads `wayOf`'s form; what is not understood is left out. */
export function levelsIn(way: string | undefined): readonly Level[] {
  return (way ?? "").split(LEVEL).flatMap((part): Level[] => {
    const [workflow = "", node = ""] = part.split(PART);
    return workflow !== "" && node !== "" ? [{ workflow, node }] : [];
  });
}
