// What can be asked about language models and spending.

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import type {
  Budget,
  KeptAnswer,
  LanguageModel,
  ModelCall,
  ModelProvider,
  Page,
  PriceList,
  Saving,
  SpentLine,
} from "./types";

/** The root of all keys here. */
export const modelKeys = { all: ["llm"] } as const;

const key = (...parts: readonly (string | number)[]) => [...modelKeys.all, ...parts];

export const modelsQuery = queryOptions({
  queryKey: key("models"),
  queryFn: ({ signal }) => api.get<readonly LanguageModel[]>("llm/models/", { signal }),
});

export const providersQuery = queryOptions({
  queryKey: key("providers"),
  queryFn: async ({ signal }) =>
    (await api.get<{ results: readonly ModelProvider[] }>("llm/providers/", { signal })).results,
});

/** Who makes vectors for a collection, beside the local model. */
export const embeddersQuery = queryOptions({
  queryKey: key("embedders"),
  queryFn: async ({ signal }) =>
    (await api.get<{ results: readonly ModelProvider[] }>("llm/embedders/", { signal })).results,
});

export const pricesQuery = queryOptions({
  queryKey: key("prices"),
  queryFn: ({ signal }) => api.get<PriceList>("llm/prices/", { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const budgetsQuery = queryOptions({
  queryKey: key("budgets"),
  queryFn: ({ signal }) => api.get<readonly Budget[]>("llm/budgets/", { signal }),
});

export const spendingQuery = (by: "day" | "workflow" | "model", days: number) =>
  queryOptions({
    queryKey: key("spending", by, days),
    queryFn: ({ signal }) =>
      api.get<{ results: readonly SpentLine[] }>("llm/spending/", { signal, query: { by, days } }),
  });

export const savingQuery = (days: number) =>
  queryOptions({
    queryKey: key("saving", days),
    queryFn: ({ signal }) => api.get<Saving>("llm/saving/", { signal, query: { days } }),
  });

export const modelCallsQuery = queryOptions({
  queryKey: key("calls"),
  queryFn: ({ signal }) => api.get<Page<ModelCall>>("llm/calls/", { signal, query: { limit: 20 } }),
});

export const keptAnswersQuery = infiniteQueryOptions({
  queryKey: key("kept"),
  queryFn: ({ signal, pageParam }) =>
    api.get<Page<KeptAnswer>>("llm/kept/", { signal, query: { cursor: pageParam, limit: 20 } }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
});
