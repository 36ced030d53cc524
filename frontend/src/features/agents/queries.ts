// What can be asked about agents.

import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import type { AgentList, Budget } from "@/api/types";

/** Below the executions, whose beginnings and ends change it. */
export const agentsKey = [...keys.executions, "agents"] as const;

export const agentsQuery = queryOptions({
  queryKey: agentsKey,
  queryFn: ({ signal }) => api.get<AgentList>("agents/", { signal }),
});

/** The workflows whose budget is spent. Read again with the agents, since each run may spend the rest. */
export const spentQuery = queryOptions({
  queryKey: [...agentsKey, "spent"],
  queryFn: ({ signal }) => api.get<readonly Budget[]>("llm/budgets/", { signal }),
  select: (budgets) => new Set(budgets.filter(isSpent).map(({ workflow }) => workflow)),
  meta: { quiet: true },
});

const isSpent = ({ is_on, workflow, spent_micro, limit_micro }: Budget): boolean =>
  is_on && workflow !== null && spent_micro >= limit_micro;
