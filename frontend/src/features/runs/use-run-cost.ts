// What models cost in the watched run, as the ledger has it: asked for as nodes end, not by a clock.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import type { RunCost } from "@/api/types";
import { useDebounced } from "@/lib/debounce";
import { isUnfinished } from "@/lib/status";
import { useLatestRun, useRunStore, useRunSummary } from "./hooks";

/** Millionths of a dollar; 0 while nothing is known. */
export function useRunCost(): number {
  const store = useRunStore();
  const run = useLatestRun();
  const done = useRunSummary()?.done;
  const id = run?.id ?? "";
  const stage = useDebounced(`${run?.status} ${run && isUnfinished(run.status) ? done : "ended"}`);
  const { data } = useQuery({
    queryKey: [...keys.execution(id), "cost", stage],
    queryFn: async ({ signal }) => ({
      id,
      ...(await api.get<RunCost>(`executions/${id}/cost/`, { signal })),
    }),
    enabled: id !== "",
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  const known = data?.id === id ? data : undefined;
  useEffect(() => {
    if (known) store.pay(known.id, known.nodes);
  }, [store, known]);
  return known?.cost_micro ?? 0;
}
