// How a trigger that asks is doing, and the ways to have it asked: for a test run, or at once.

import "@/lib/messages/polls";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RefreshCw, TriangleAlert, Zap } from "lucide-react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import type { Page } from "@/api/types";
import { useCan } from "@/features/auth";
import { useEditor } from "@/features/editor";
import { formatMoment, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { toast } from "@/ui/toast";
import { useInspected } from "./inspector-context";

type Poll = {
  readonly node: string;
  readonly polled_at: string | null;
  readonly found_at: string | null;
  readonly next_at: string;
  readonly failures: number;
  readonly problem: { readonly code: string; readonly message: string } | null;
};

const EVERY_MS = 10_000;

const pollsQuery = (workflow: string) =>
  queryOptions({
    queryKey: [...keys.workflow(workflow), "polls"],
    queryFn: ({ signal }) => api.get<Page<Poll>>(`workflows/${workflow}/polls/`, { signal }),
    refetchInterval: EVERY_MS,
    meta: { quiet: true },
  });

export function Polling() {
  const { node } = useInspected();
  const { workflowId, saving } = useEditor();
  const client = useQueryClient();
  const mayRun = useCan("workflow.run");
  const { data } = useQuery(pollsQuery(workflowId));
  const own = data?.results.find((poll) => poll.node === node.id);
  const address = `workflows/${workflowId}/polls/${encodeURIComponent(node.id)}/`;
  const tried = useMutation({
    meta: { quiet: true },
    mutationFn: async () => {
      await saving?.flush();
      return api.post<{ readonly items: number }>(`${address}try/`);
    },
    onSuccess: ({ items }) =>
      items > 0
        ? toast(t("inspector.polls.tryDone"), { kind: "success" })
        : toast(t("inspector.polls.nothing")),
    onError: failed,
  });
  const asked = useMutation({
    meta: { quiet: true },
    mutationFn: () => api.post<void>(address),
    onSuccess: () => {
      toast(t("inspector.polls.nowDone"), { kind: "success" });
      return client.invalidateQueries({ queryKey: pollsQuery(workflowId).queryKey });
    },
    onError: failed,
  });
  return (
    <section
      aria-label={t("inspector.polls")}
      className="mt-5 flex flex-col gap-3 border-t border-line pt-4"
    >
      <h3 className="text-base font-medium">{t("inspector.polls")}</h3>
      {data && <Standing poll={own} />}
      {mayRun && (
        <>
          <div className="flex flex-wrap gap-2">
            <Button icon={Zap} busy={tried.isPending} onClick={() => tried.mutate()}>
              {t("inspector.polls.try")}
            </Button>
            {own && (
              <Button icon={RefreshCw} busy={asked.isPending} onClick={() => asked.mutate()}>
                {t("inspector.polls.now")}
              </Button>
            )}
          </div>
          <p className="text-xs text-fg-muted">{t("inspector.polls.tryHelp")}</p>
        </>
      )}
    </section>
  );
}

function Standing({ poll }: { readonly poll: Poll | undefined }) {
  if (!poll) return <p className="text-fg-muted">{t("inspector.polls.unpublished")}</p>;
  const { polled_at, found_at, next_at, failures, problem } = poll;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-fg-muted">
        {polled_at === null
          ? t("inspector.polls.never")
          : t("inspector.polls.next", {
              when: formatRelative(polled_at),
              next: formatRelative(next_at),
            })}{" "}
        {found_at !== null && t("inspector.polls.found", { when: formatMoment(found_at) })}
      </p>
      {problem && (
        <div role="status" className="flex gap-2 rounded-control bg-error-soft p-3 text-error">
          <Icon icon={TriangleAlert} className="mt-0.5 shrink-0" />
          <div className="min-w-0">
            <p className="font-medium">{t("inspector.polls.problem", { count: failures })}</p>
            <p className="break-words">{problem.message}</p>
          </div>
        </div>
      )}
    </div>
  );
}

function failed(error: unknown): void {
  toast(t("inspector.polls.failed"), { kind: "error", description: messageOf(error) });
}
