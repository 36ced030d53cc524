// What the pages of knowledge ask of the server.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { components } from "@/api/schema.gen";
import type { Page } from "@/api/types";

export type Collection = components["schemas"]["CollectionShape"];
export type KnowledgeDocument = components["schemas"]["DocumentShape"];
export type Passage = components["schemas"]["HitShape"];

const ALL = ["knowledge"] as const;
export const knowledgeKey = ALL;

/** While documents wait, the page looks again this often. */
const LOOK_AGAIN_MS = 1_500;

export const collectionsQuery = infiniteQueryOptions({
  queryKey: [...ALL, "list"],
  queryFn: ({ signal, pageParam }) =>
    api.get<Page<Collection>>("collections/", { signal, query: { cursor: pageParam } }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
});

export const collectionQuery = (id: string) =>
  queryOptions({
    queryKey: [...ALL, "one", id],
    queryFn: ({ signal }) => api.get<Collection>(`collections/${id}/`, { signal }),
    refetchInterval: ({ state }) => (state.data?.waiting_count ? LOOK_AGAIN_MS : false),
  });

export const documentsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...ALL, "documents", id],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<KnowledgeDocument>>(`collections/${id}/documents/`, {
        signal,
        query: { cursor: pageParam },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // By its own rows: the collection may hear sooner that the last one is done.
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.results.some(isWaiting)) ? LOOK_AGAIN_MS : false,
  });

function isWaiting({ status }: KnowledgeDocument): boolean {
  return status === "queued" || status === "indexing";
}
