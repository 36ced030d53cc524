// What a step of the watched run was given or put out, page by page.

import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import type { Item, StepItems } from "@/api/types";
import { type StepRun, useRunSummary } from "@/features/runs";

const PAGE_ITEMS = 200;
const NO_ITEMS: readonly Item[] = [];

export type Side = {
  readonly side: "input" | "output";
  readonly port: string;
  /** Of the input, only what this output gave. */
  readonly from_node?: string;
  readonly from_port?: string;
};

export type LoadedItems = {
  /** Those that were loaded so far. */
  readonly items: readonly Item[];
  /** Null until the server has said it. */
  readonly total: number | null;
  readonly isLoading: boolean;
  readonly error: Error | null;
  /** Absent where everything is loaded. */
  readonly loadMore: (() => void) | null;
};

/** The same object until something changes. */
export function useStepItems(
  step: StepRun | undefined,
  side: Side,
  isWanted: boolean,
): LoadedItems {
  const execution = useRunSummary()?.id ?? "";
  const { data, error, isLoading, isFetching, hasNextPage, fetchNextPage } = useInfiniteQuery({
    ...pagesOf(execution, step, side),
    enabled: isWanted && step !== undefined,
  });
  return useMemo(
    () => ({
      items: data?.pages.flatMap((page) => page.items) ?? NO_ITEMS,
      total: data?.pages[0]?.total ?? null,
      isLoading,
      error,
      loadMore: hasNextPage && !isFetching ? () => void fetchNextPage() : null,
    }),
    [data, error, isLoading, isFetching, hasNextPage, fetchNextPage],
  );
}

const pagesOf = (execution: string, step: StepRun | undefined, side: Side) =>
  infiniteQueryOptions({
    queryKey: [...keys.execution(execution), "step", step?.node, step?.run, step?.endedAtMs, side],
    queryFn: ({ signal, pageParam }) =>
      api.get<StepItems>(addressOf(execution, step), {
        signal,
        query: { ...side, offset: pageParam, limit: PAGE_ITEMS },
      }),
    initialPageParam: 0,
    getNextPageParam: (page, pages) => {
      const loaded = pages.reduce((count, { items }) => count + items.length, 0);
      return loaded < page.total ? loaded : null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

function addressOf(execution: string, step: StepRun | undefined): string {
  const parts = [step?.node ?? "", step?.run ?? ""].map(encodeURIComponent);
  return `executions/${execution}/steps/${parts.join("/")}/`;
}
