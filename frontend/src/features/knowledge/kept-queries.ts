// What the pages of memories and labels ask of the server.

import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { components } from "@/api/schema.gen";
import type { Page } from "@/api/types";

export type Memory = components["schemas"]["MemoryShape"];
export type LabelledExample = components["schemas"]["ExampleShape"];

/** Which of them: kept under this very name, with these words; empty for any. */
export type Narrowing = { readonly space: string; readonly search: string };

const list = <Row>(path: string, { space, search }: Narrowing) =>
  infiniteQueryOptions({
    queryKey: [path, space, search],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Row>>(path, {
        signal,
        query: { cursor: pageParam, space: space || null, search: search || null },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

export const memoriesPath = "knowledge/memories/";
export const examplesPath = "knowledge/examples/";

export const memoriesQuery = (narrowing: Narrowing) => list<Memory>(memoriesPath, narrowing);
export const examplesQuery = (narrowing: Narrowing) =>
  list<LabelledExample>(examplesPath, narrowing);
