// Conversations with a workflow, as the server keeps them.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import type { ExecutionStatus, Page } from "@/api/types";

/** A Chat trigger, as it presents itself. */
export type Door = {
  readonly node: string;
  readonly title: string;
  readonly greeting: string;
  readonly placeholder: string;
  readonly takes_files: boolean;
};

export type Source = { readonly title: string; readonly text: string; readonly url: string };

/** A message and its answer, null until it is known. Those of an earlier era are forgotten. */
export type Turn = {
  readonly id: string;
  readonly node: string;
  readonly message: string;
  readonly reply: string | null;
  readonly sources: readonly Source[];
  readonly file: string;
  readonly era: number;
  readonly execution_id: string;
  readonly number: number | null;
  readonly status: ExecutionStatus | null;
  readonly created_at: string;
};

export type ConversationRow = {
  readonly session: string;
  readonly node: string;
  readonly title: string;
  readonly turns: number;
  readonly last_at: string;
};

export type Saying = {
  readonly message: string;
  /** The same when it is sent again. */
  readonly key: string;
  readonly node: string;
  readonly live: boolean;
  readonly fresh: boolean;
  readonly file: string | null;
};

export const chatsKey = (workflow: string) => [...keys.workflow(workflow), "chats"] as const;

export const turnsKey = (workflow: string, session: string) =>
  [...chatsKey(workflow), "turns", session] as const;

export const doorsQuery = (workflow: string, live: boolean) =>
  queryOptions({
    queryKey: [...keys.workflow(workflow), "doors", live],
    queryFn: ({ signal }) =>
      api.get<{ readonly workflow: string; readonly results: readonly Door[] }>(
        `workflows/${workflow}/chat/`,
        { signal, query: { live: live ? "1" : "0" } },
      ),
    staleTime: 0,
  });

export const conversationsQuery = (workflow: string) =>
  queryOptions({
    queryKey: [...chatsKey(workflow), "list"],
    queryFn: ({ signal }) =>
      api.get<{ readonly results: readonly ConversationRow[] }>(`workflows/${workflow}/chats/`, {
        signal,
        query: { mine: "1" },
      }),
    select: ({ results }) => results,
  });

/** Pages from the newest turn back. */
export const turnsQuery = (workflow: string, session: string) =>
  infiniteQueryOptions({
    queryKey: turnsKey(workflow, session),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Turn>>(`workflows/${workflow}/chats/${session}/`, {
        signal,
        query: { cursor: pageParam },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const say = (workflow: string, session: string, saying: Saying): Promise<Turn> =>
  api.post<Turn>(`workflows/${workflow}/chats/${session}/`, saying);
