// The line behind a run's number: how it is doing, of which version, how it began, when.

import { useMutation } from "@tanstack/react-query";
import { Square } from "lucide-react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import type { ExecutionRow } from "@/api/types";
import { formatDuration, formatRelative } from "@/lib/format";
import { type MessageKey, t } from "@/lib/i18n";
import { isUnfinished } from "@/lib/status";
import { Button } from "@/ui/button";
import { StatusChip } from "@/ui/status-chip";
import { toast } from "@/ui/toast";
import { useRunSummary } from "./hooks";
import { durationOf } from "./model/run";

type Props = { readonly execution: ExecutionRow };

export function RunFacts({ execution }: Props) {
  const summary = useRunSummary();
  const { version, mode, started_at: startedAt } = execution;
  const modeKey: MessageKey = `runs.mode.${mode}`;
  const durationMs = summary && durationOf(summary);
  const facts = [
    version.number === null ? t("runs.ofDraft") : t("runs.ofVersion", { number: version.number }),
    t(modeKey),
    startedAt === null ? null : formatRelative(startedAt),
    durationMs === null ? null : formatDuration(durationMs),
  ];
  return (
    <span className="flex min-w-0 items-center gap-2 ps-1">
      <StatusChip status={summary?.status ?? execution.status} />
      <span className="truncate text-xs text-fg-muted max-lg:hidden">
        {facts.filter(Boolean).join(" · ")}
      </span>
    </span>
  );
}

/** Ends the run; there only while it goes on. */
export function StopRunButton({ executionId }: { readonly executionId: string }) {
  const summary = useRunSummary();
  const stop = useMutation({
    mutationFn: () => api.post<void>(`executions/${executionId}/cancel/`),
    meta: { quiet: true },
    onError: (error) =>
      toast(t("runs.stopFailed"), { kind: "error", description: messageOf(error) }),
  });
  if (!summary || !isUnfinished(summary.status)) return null;
  return (
    <Button icon={Square} busy={stop.isPending} onClick={() => stop.mutate()}>
      {t("runs.stop")}
    </Button>
  );
}
