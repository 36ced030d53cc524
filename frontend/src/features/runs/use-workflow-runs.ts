// Starting, stopping and watching the runs of the workflow that is open.

import "@/lib/messages/runs";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { api } from "@/api/client";
import { pageSocket } from "@/api/page-socket";
import { messageOf } from "@/api/problem";
import { executionQuery, keys } from "@/api/queries";
import type { ExecutionStatus, Item, RunStarted } from "@/api/types";
import { t } from "@/lib/i18n";
import { isUnfinished } from "@/lib/status";
import { toast } from "@/ui/toast";
import { LiveRuns } from "./live-runs";
import { emptyRun, runFromSnapshot } from "./model/run";
import type { RunStore } from "./store";

export type StartOptions = {
  /** The trigger node to start from; the server chooses where there is one only. */
  readonly trigger?: string;
  readonly items?: readonly Item[];
};

/** Up to and with a node; a node and all after it; one node alone. */
export type RunPart = "to" | "from" | "only";

type PartOptions = { readonly [part in RunPart]?: string } & { readonly execution?: string };

export type WorkflowRuns = {
  readonly start: (options?: StartOptions) => void;
  /** Runs a part; results of the run that is shown are used again where they are not stale. */
  readonly startPart: (part: RunPart, node: string) => void;
  readonly stop: () => void;
  readonly clear: () => void;
  /** A start was asked for and is not answered yet. */
  readonly isStarting: boolean;
  readonly isStopping: boolean;
};

type Options = {
  readonly workflowId: string;
  readonly store: RunStore;
  /** Brings the draft to the server; rejects where that fails. The run is of what was flushed. */
  readonly flush: () => Promise<void>;
  /** The run to show when the editor opens. */
  readonly lastExecutionId?: string | null;
};

export function useWorkflowRuns(options: Options): WorkflowRuns {
  const { workflowId, store, flush, lastExecutionId = null } = options;
  const client = useQueryClient();
  const live = useMemo(() => new LiveRuns(store, pageSocket), [store]);
  useEffect(() => live.start(workflowId), [live, workflowId]);
  useEffect(() => {
    if (lastExecutionId === null || store.current) return;
    client.fetchQuery({ ...executionQuery(lastExecutionId), staleTime: 0 }).then(
      (execution) => {
        if (!store.current) live.show(runFromSnapshot(execution));
      },
      () => undefined, // Its data may be gone; the canvas then just shows no run.
    );
  }, [client, live, store, lastExecutionId]);

  const start = useMutation({
    mutationFn: async (asked: StartOptions & PartOptions) => {
      await flush();
      return api.post<RunStarted>(`workflows/${workflowId}/run/`, asked);
    },
    onSuccess: ({ execution, number }) => {
      live.show(emptyRun(execution, number ?? null));
      return client.invalidateQueries({ queryKey: [...keys.executions, "list"] });
    },
    meta: { quiet: true },
    onError: (error) => failed("runs.startFailed", error),
  });
  const stop = useMutation({
    mutationFn: (execution: string) => api.post<void>(`executions/${execution}/cancel/`),
    meta: { quiet: true },
    onError: (error) => failed("runs.stopFailed", error),
  });

  return {
    start: (asked = {}) => start.mutate(asked),
    startPart: (part, node) => {
      const base = store.current;
      const known = base && !isUnfinished(base.status) ? { execution: base.id } : {};
      start.mutate({ [part]: node, ...known });
    },
    stop: () => {
      const id = runningId(store);
      if (id !== null) stop.mutate(id);
    },
    clear: () => live.clear(),
    isStarting: start.isPending,
    isStopping: stop.isPending,
  };
}

function runningId(store: RunStore): string | null {
  const run = store.current;
  return run && isUnfinished(run.status) ? run.id : null;
}

function failed(title: "runs.startFailed" | "runs.stopFailed", error: unknown): void {
  toast(t(title), { kind: "error", description: messageOf(error), key: title });
}

/** True while a run of this status may be stopped. */
export function canStop(status: ExecutionStatus | undefined): boolean {
  return status !== undefined && isUnfinished(status);
}
