// The figures of the home page.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import { keys } from "./queries";
import type { Dashboard, Period } from "./types";

const REFRESH_MS = 15_000;

export const dashboardQuery = (period: Period) =>
  queryOptions({
    queryKey: [...keys.executions, "dashboard", period],
    queryFn: ({ signal }) => api.get<Dashboard>("dashboard/", { signal, query: { period } }),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
