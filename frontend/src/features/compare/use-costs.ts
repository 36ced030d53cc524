// What models cost in the two runs, in all and node by node.

import { useQueries } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import type { RunCost } from "@/api/types";

const NONE: RunCost = { cost_micro: 0, nodes: {} };

/** Nothing is spent until it is known. */
export function useCosts(ids: readonly [left: string, right: string]) {
  const found = useQueries({
    queries: ids.map((id) => ({
      queryKey: [...keys.execution(id), "cost", "compared"],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        api.get<RunCost>(`executions/${id}/cost/`, { signal }),
    })),
  });
  return [found[0]?.data ?? NONE, found[1]?.data ?? NONE] as const;
}
