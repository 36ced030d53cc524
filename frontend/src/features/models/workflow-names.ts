// The names of workflows by id, as far as the list of them has been read.

import { useInfiniteQuery } from "@tanstack/react-query";
import { workflowsQuery } from "@/api/queries";
import type { WorkflowRow } from "@/api/types";

const SHORT_ID = 8;

export function useWorkflows(): readonly WorkflowRow[] {
  const { data } = useInfiniteQuery(workflowsQuery());
  return data?.pages.flatMap(({ results }) => results) ?? [];
}

/** The name, else the beginning of the id. */
export function useWorkflowNames(): (id: string) => string {
  const rows = useWorkflows();
  return (id) => rows.find((row) => row.id === id)?.name ?? id.slice(0, SHORT_ID);
}
