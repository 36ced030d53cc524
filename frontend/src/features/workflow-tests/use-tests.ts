// The tests of one workflow and their newest results.

import { useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { keys, testRunQuery, testsQuery } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { TestResult, WorkflowTest } from "@/api/types";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { type Tally, tallyOf } from "./model/tally";

export type WorkflowTests = {
  readonly query: ReturnType<typeof useTestsQuery>;
  readonly tests: readonly WorkflowTest[];
  /** With what differed; absent while it is loaded. */
  readonly resultOf: (test: WorkflowTest) => TestResult | undefined;
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
  const tests = query.data?.results ?? [];
  const results = useResults(workflow, tests);
  const again = () => refresh(client, keys.tests(workflow));
  const start = useMutation({
    mutationFn: (chosen: readonly string[] | undefined) =>
      api.post<{ readonly run: string }>(`workflows/${workflow}/tests/run/`, {
        ...(chosen ? { tests: chosen } : {}),
        version: "draft",
      }),
    meta: { quiet: true },
    onSuccess: again,
    onError: failed,
  });
  const change = useMutation({
    mutationFn: ({ id, name }: { readonly id: string; readonly name: string | null }) =>
      name === null
        ? api.delete(`workflows/${workflow}/tests/${id}/`)
        : api.patch<void>(`workflows/${workflow}/tests/${id}/`, { name }),
    meta: { quiet: true },
    onSettled: again,
    onError: failed,
  });
  return {
    query,
    tests,
    resultOf: ({ id, last }) => results.get(`${last?.run} ${id}`),
    tally: tallyOf(tests),
    isRunning: start.isPending || tests.some(({ last }) => last?.status === "running"),
    run: (chosen) => start.mutate(chosen),
    rename: (id, name) => change.mutate({ id, name }),
    remove: (id) => change.mutate({ id, name: null }),
  };
}

/** The results that the tests' last runs hold, by run and test. */
function useResults(workflow: string, tests: readonly WorkflowTest[]) {
  const client = useQueryClient();
  const runs = [...new Set(tests.flatMap(({ last }) => (last ? [last.run] : [])))];
  const found = useQueries({ queries: runs.map((run) => testRunQuery(workflow, run)) });
  const done = found.filter(({ data }) => data?.status === "done").length;
  const isWaiting = tests.some(({ last }) => last?.status === "running");
  useEffect(() => {
    // The list says how each test came out as soon as its run is done.
    if (done > 0 && isWaiting) {
      void client.invalidateQueries({ queryKey: keys.tests(workflow), exact: true });
    }
  }, [client, workflow, done, isWaiting]);
  const results = new Map<string, TestResult>();
  for (const { data } of found) {
    for (const result of data?.results ?? []) results.set(`${data?.id} ${result.test}`, result);
  }
  return results;
}

function failed(error: unknown): void {
  toast(t("tests.failed"), { kind: "error", description: messageOf(error), key: "tests" });
}
