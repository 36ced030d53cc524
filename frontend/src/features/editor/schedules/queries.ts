// A workflow's schedules: those of its triggers, those that were added, and what the draft would bring.

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import type { Page } from "@/api/types";

export type Schedule = {
  /** Absent while it is only in the draft. */
  readonly id: string | null;
  readonly node: string;
  readonly name: string;
  readonly cron: readonly string[];
  readonly every_s: number | null;
  readonly at: string | null;
  readonly timezone: string;
  readonly status: "waiting" | "paused" | "resting" | "done" | "draft";
  readonly next_at: string | null;
  readonly last_at: string | null;
  readonly added_by: string | null;
  /** The execution that added it. */
  readonly added_in: string | null;
};

const EVERY_MS = 15_000;

export const schedulesOf = (workflow: string) => `workflows/${workflow}/schedules/`;
export const schedulesKey = (workflow: string) => [...keys.workflow(workflow), "schedules"];

/** They follow the draft and what is published, so they are asked for anew after either. */
export const schedulesQuery = (workflow: string, revision: number, version: number | null) =>
  queryOptions({
    queryKey: [...schedulesKey(workflow), revision, version],
    queryFn: ({ signal }) => api.get<Page<Schedule>>(schedulesOf(workflow), { signal }),
    placeholderData: keepPreviousData,
    meta: { quiet: true },
  });

/** While the list is open, times come and others add to it. */
export const followed = { refetchInterval: EVERY_MS } as const;
