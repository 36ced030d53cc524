// The history of one workflow, as TanStack Query options.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./queries";
import type { HistoryEntry, HistoryEntryWithDocument, Page } from "./types";

const historyKey = (workflow: string) => [...keys.workflow(workflow), "history"];

export const historyQuery = (workflow: string) =>
  infiniteQueryOptions({
    queryKey: historyKey(workflow),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<HistoryEntry>>(`workflows/${workflow}/history/`, {
        signal,
        query: { cursor: pageParam },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** One entry with its document, which never changes. */
export const historyEntryQuery = (workflow: string, ref: string) =>
  queryOptions({
    queryKey: [...historyKey(workflow), ref],
    queryFn: ({ signal }) =>
      api.get<HistoryEntryWithDocument>(`workflows/${workflow}/history/${ref}/`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
