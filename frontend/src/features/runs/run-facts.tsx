// The line behind a run's number: how it is doing, of which version, how it began, when.

import "@/lib/messages/runs";
import type { ExecutionRow } from "@/api/types";
import { formatDuration, formatRelative } from "@/lib/format";
import { isKnown, t } from "@/lib/i18n";
import { StatusChip } from "@/ui/status-chip";
import { useLatestRun } from "./hooks";
import { durationOf } from "./model/run";

type Props = { readonly execution: ExecutionRow };

export function RunFacts({ execution }: Props) {
  const summary = useLatestRun();
  const { version, mode, started_at: startedAt } = execution;
  const modeKey = `runs.mode.${mode}`;
  const durationMs = summary && durationOf(summary);
  const facts = [
    version.number === null ? t("runs.ofDraft") : t("runs.ofVersion", { number: version.number }),
    isKnown(modeKey) ? t(modeKey) : mode,
    startedAt === null ? null : formatRelative(startedAt),
    durationMs === null ? null : formatDuration(durationMs),
  ];
  return (
    <span className="flex min-w-0 items-center gap-2 ps-1">
      {/* A phone has no room beside the names; the run's own chip says it there. */}
      <span className="max-sm:hidden">
        <StatusChip status={summary?.status ?? execution.status} />
      </span>
      <span className="truncate text-xs text-fg-muted max-lg:hidden">
        {facts.filter(Boolean).join(" · ")}
      </span>
    </span>
  );
}
