// Slices of the watched run for components. Each renders its component again for its own slice only.

import { useQuery } from "@tanstack/react-query";
import { useCallback, useContext, useMemo, useSyncExternalStore } from "react";
import { executionEventsQuery } from "@/api/queries";
import type { RunEvent } from "@/api/types";
import { joinLogs } from "./model/join-logs";
import type { NodeRun, Run, RunSummary, StepRun } from "./model/run";
import { RunStoreContext } from "./run-store-provider";
import type { Progress, RunStore } from "./store";

export function useRunStore(): RunStore {
  const store = useContext(RunStoreContext);
  if (!store) throw new Error("This component needs a <RunStoreProvider> above it.");
  return store;
}

function useNodeSlice<T>(node: string, read: (store: RunStore) => T): T {
  const store = useRunStore();
  const subscribe = useCallback(
    (listener: () => void) => store.subscribeNode(node, listener),
    [store, node],
  );
  return useSyncExternalStore(subscribe, () => read(store));
}

/** How a node is doing in the watched run; undefined where the run has not reached it. */
export function useNodeRun(node: string): NodeRun | undefined {
  return useNodeSlice(node, (store) => store.nodeRun(node));
}

/** What models cost at a node in the watched run, in millionths of a dollar. */
export function useNodeCost(node: string): number {
  return useNodeSlice(node, (store) => store.costOf(node));
}

/** Every run of a node, in order. */
export function useNodeSteps(node: string): readonly StepRun[] | undefined {
  return useNodeSlice(node, (store) => store.stepsOf(node));
}

export function useNodeProgress(node: string): Progress | undefined {
  return useNodeSlice(node, (store) => store.progressOf(node));
}

/** Items that passed the edge with this key in the watched run; null where none did. */
export function useEdgeCount(key: string): number | null {
  const source = key.slice(0, key.indexOf(":"));
  return useNodeSlice(source, (store) => store.edgeItems(key));
}

export function useRunSummary(): RunSummary | null {
  const store = useRunStore();
  return useSyncExternalStore(store.subscribe, store.summary);
}

/** The whole run. For panels that show many nodes at once; cards use `useNodeRun`. */
export function useRun(): Run | null {
  const store = useRunStore();
  return useSyncExternalStore(store.subscribe, store.shown);
}

/** The newest state, also while the replay shows an earlier one. */
export function useLatestRun(): Run | null {
  const store = useRunStore();
  return useSyncExternalStore(store.subscribe, store.latest);
}

/** What came live, and before it what the server stored. Asked for once per run. */
export function useRunEvents(): readonly RunEvent[] {
  const run = useLatestRun();
  const live = useRunLog();
  const missesStart = run !== null && run.seq > 0 && live[0]?.seq !== 1;
  const upTo = live[0]?.seq ?? (run?.seq ?? 0) + 1;
  const { data: stored } = useQuery({
    ...executionEventsQuery(run?.id ?? "", upTo - 1),
    enabled: missesStart,
  });
  return useMemo(
    () => (missesStart ? joinLogs(stored ?? [], live) : live),
    [missesStart, stored, live],
  );
}

export function useRunLog(): readonly RunEvent[] {
  const store = useRunStore();
  return useSyncExternalStore(store.subscribe, store.log);
}
