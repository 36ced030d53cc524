// What can be asked about agents.

import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import type { AgentList } from "@/api/types";

/** Below the executions, whose beginnings and ends change it. */
export const agentsKey = [...keys.executions, "agents"] as const;

export const agentsQuery = queryOptions({
  queryKey: agentsKey,
  queryFn: ({ signal }) => api.get<AgentList>("agents/", { signal }),
});
