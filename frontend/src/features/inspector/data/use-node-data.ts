// What a node put out: from the watched run, else pinned, else what it says of itself.

import {
  type InfiniteData,
  infiniteQueryOptions,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import type { Item, NodeSpec, StepItems } from "@/api/types";
import { useDocument, useDocumentState, useEditor } from "@/features/editor";
import { type StepRun, useRunSummary } from "@/features/runs";
import { type DataNode, treeOf, treeOfSchema } from "../model/data-tree";
import { useStepOf } from "./use-turn";

export type Origin =
  /** Of the run that is watched. */
  | "run"
  /** Frozen for runs of the draft. */
  | "pin"
  /** The node promises this shape; there are no values. */
  | "schema"
  /** From the node's own documentation. */
  | "example"
  | "none";

export type NodeData = {
  readonly origin: Origin;
  /** Those that were loaded so far. */
  readonly items: readonly Item[];
  readonly total: number;
  /** Items by output port, of ports that put out any. */
  readonly ports: { readonly [port: string]: number };
  readonly isLoading: boolean;
  readonly error: Error | null;
  /** Absent where everything is loaded. */
  readonly loadMore: (() => void) | null;
};

const PAGE_ITEMS = 200;
const MAIN = "main";
const NO_ITEMS: readonly Item[] = [];

const stepItemsPages = (execution: string, step: StepRun | undefined, port: string) =>
  infiniteQueryOptions({
    queryKey: [
      ...keys.execution(execution),
      "output",
      step?.node,
      step?.run,
      port,
      step?.endedAtMs,
    ],
    queryFn: ({ signal, pageParam }) =>
      api.get<StepItems>(addressOf(execution, step), {
        signal,
        query: { side: "output", port, offset: pageParam, limit: PAGE_ITEMS },
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

/** `from` null means the first that put anything out. */
export function useNodeData(nodeId: string, from: string | null, isWanted = true): NodeData {
  const { catalog } = useEditor();
  const type = useDocument((document) => document.nodes.find(({ id }) => id === nodeId)?.type);
  const pinned = useDocument((document) => document.pins?.[nodeId]);
  const isPast = useDocumentState((state) => state.readOnly);
  const execution = useRunSummary()?.id ?? "";
  const step = useStepOf(nodeId);
  const port = from ?? Object.keys(step?.itemsOut ?? {})[0] ?? MAIN;
  const total = step?.itemsOut[port] ?? 0;
  const query = useInfiniteQuery({
    ...stepItemsPages(execution, step, port),
    enabled: isWanted && total > 0,
  });
  const ofRun = useOfRun(query, step, total);
  return useMemo(() => {
    if (pinned && !isPast) return ofPins(pinned, port);
    return ofRun ?? withoutRun(type === undefined ? undefined : catalog.byType(type), port);
  }, [pinned, isPast, port, ofRun, type, catalog]);
}

/** The run's data, or null where the run has none of this node yet. */
function useOfRun(
  query: UseInfiniteQueryResult<InfiniteData<StepItems>>,
  step: StepRun | undefined,
  total: number,
): NodeData | null {
  const { data, error, isLoading, isFetching, hasNextPage, fetchNextPage } = query;
  return useMemo(() => {
    if (!step || (step.endedAtMs === null && total === 0)) return null;
    const items = data?.pages.flatMap((page) => page.items) ?? NO_ITEMS;
    const loadMore = hasNextPage && !isFetching ? () => void fetchNextPage() : null;
    return { origin: "run", items, total, ports: step.itemsOut, isLoading, error, loadMore };
  }, [step, total, data, error, isLoading, isFetching, hasNextPage, fetchNextPage]);
}

const NOTHING: NodeData = {
  origin: "none",
  items: NO_ITEMS,
  total: 0,
  ports: {},
  isLoading: false,
  error: null,
  loadMore: null,
};

function ofPins(items: readonly Item[], port: string): NodeData {
  return { ...NOTHING, origin: "pin", items, total: items.length, ports: { [port]: items.length } };
}

function withoutRun(spec: NodeSpec | undefined, port: string): NodeData {
  if (spec?.output_schema) return { ...NOTHING, origin: "schema" };
  const items = spec?.examples.find((example) => example.output?.[port])?.output?.[port];
  return items ? { ...NOTHING, origin: "example", items: items.map(asItem) } : NOTHING;
}

/** Examples may give the bare data of an item. */
function asItem(given: Item): Item {
  return "json" in given ? given : { json: given };
}

/** Loads on until the item that is looked at is there. */
export function useLoadUpTo(data: NodeData, itemIndex: number): void {
  const { items, loadMore } = data;
  const isMissing = itemIndex >= items.length;
  useEffect(() => {
    if (isMissing) loadMore?.();
  }, [isMissing, loadMore]);
}

/** The tree of keys that a node's data has or is said to have. */
export function dataTree(
  data: NodeData,
  itemIndex: number,
  spec: NodeSpec | undefined,
): readonly DataNode[] {
  if (data.origin === "schema" && spec?.output_schema) return treeOfSchema(spec.output_schema);
  return treeOf(data.items, itemIndex);
}
