// How several nodes are doing together: the state that matters most, and how many are done.

import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { StepStatus } from "@/api/types";
import { isUnfinished } from "@/lib/status";
import { useRunStore } from "./hooks";
import type { RunStore } from "./store";

/** From what needs a person at once to what needs nobody. */
const BY_WEIGHT: readonly StepStatus[] = [
  "failed",
  "unknown",
  "waiting",
  "retrying",
  "running",
  "blocked",
  "queued",
  "cancelled",
  "completed",
  "cached",
  "skipped",
];

export type GroupRun = {
  /** Undefined where the run has reached none of them. */
  readonly status: StepStatus | undefined;
  readonly done: number;
};

export function groupRun(statuses: readonly StepStatus[]): GroupRun {
  return {
    status: BY_WEIGHT.find((status) => statuses.includes(status)),
    done: statuses.filter((status) => !isUnfinished(status) && status !== "unknown").length,
  };
}

const statusesIn = (store: RunStore, nodes: readonly string[]) =>
  nodes.flatMap((node) => store.nodeRun(node)?.status ?? []);

export function useGroupRun(nodes: readonly string[]): GroupRun {
  const store = useRunStore();
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = nodes.map((node) => store.subscribeNode(node, listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [store, nodes],
  );
  // As one text, because a snapshot must be the same while nothing has changed.
  const snapshot = useSyncExternalStore(subscribe, () => statusesIn(store, nodes).join(" "));
  return useMemo(
    () => groupRun(snapshot === "" ? [] : (snapshot.split(" ") as StepStatus[])),
    [snapshot],
  );
}
