// The tests of one workflow and their newest results.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { create } from "zustand";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { keys, testRunQuery, testsQuery } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { TestResult, WorkflowTest } from "@/api/types";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { type Tally, tallyOf } from "./model/tally";

type LastRun = { readonly run: string; readonly earlier: readonly TestResult[] };
type LastRuns = { readonly [workflow: string]: LastRun };

/** The last run of tests by workflow, as long as this page lives. */
const useLastRuns = create<LastRuns>(() => ({}));

export type WorkflowTests = {
  readonly query: ReturnType<typeof useTestsQuery>;
  readonly tests: readonly WorkflowTest[];
  readonly resultOf: (test: string) => TestResult | undefined;
  readonly tally: Tally;
  readonly isRunning: boolean;
  /** All of them, or the named ones, on the draft. */
  readonly run: (tests?: readonly string[]) => void;
  readonly rename: (test: string, name: string) => void;
  readonly remove: (test: string) => void;
};

const useTestsQuery = (workflow: string) => useQuery(testsQuery(workflow));

export function useTests(workflow: string): WorkflowTests {
  const client = useQueryClient();
  const query = useTestsQuery(workflow);
  const last = useLastRuns((runs) => runs[workflow]);
  const { data: known } = useQuery({
    ...testRunQuery(workflow, last?.run ?? ""),
    enabled: last !== undefined,
  });
  const tests = query.data?.results ?? [];
  const start = useMutation({
    mutationFn: (chosen: readonly string[] | undefined) =>
      api.post<{ readonly run: string }>(`workflows/${workflow}/tests/run/`, {
        ...(chosen ? { tests: chosen } : {}),
        version: "draft",
      }),
    meta: { quiet: true },
    onSuccess: ({ run }) => {
      // A run of a few tests leaves the results of the others in sight.
      const earlier = known?.results ?? [];
      useLastRuns.setState({ [workflow]: { run, earlier } });
    },
    onError: (error) => failed(error),
  });
  const change = useMutation({
    mutationFn: ({ id, name }: { readonly id: string; readonly name: string | null }) =>
      name === null
        ? api.delete(`workflows/${workflow}/tests/${id}/`)
        : api.patch<void>(`workflows/${workflow}/tests/${id}/`, { name }),
    meta: { quiet: true },
    onSettled: () => refresh(client, keys.tests(workflow)),
    onError: (error) => failed(error),
  });
  const fresh = known?.results ?? [];
  const isFresh = new Set(fresh.map(({ test }) => test));
  const results = [...fresh, ...(last?.earlier ?? []).filter(({ test }) => !isFresh.has(test))];
  return {
    query,
    tests,
    resultOf: (test) => results.find((one) => one.test === test),
    tally: tallyOf(tests, results),
    isRunning: start.isPending || known?.status === "running",
    run: (chosen) => start.mutate(chosen),
    rename: (id, name) => change.mutate({ id, name }),
    remove: (id) => change.mutate({ id, name: null }),
  };
}

function failed(error: unknown): void {
  toast(t("tests.failed"), { kind: "error", description: messageOf(error), key: "tests" });
}
