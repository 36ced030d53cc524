// Chooses the run to compare with: the workflow's other runs, newest first.

import "@/lib/messages/replays";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { executionsQuery } from "@/api/queries";
import type { Execution } from "@/api/types";
import { formatDuration, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Dialog } from "@/ui/dialog";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { StatusChip } from "@/ui/status-chip";

type Props = { readonly execution: Execution; readonly onClose: () => void };

export function CompareDialog({ execution, onClose }: Props) {
  const query = useInfiniteQuery(executionsQuery({ workflow: execution.workflow.id }));
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const others = rows.filter(({ id }) => id !== execution.id);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("runs.compare.choose", { number: execution.number })}
    >
      <QueryState query={query} rows={5}>
        {others.length === 0 && <p className="py-4 text-fg-muted">{t("runs.compare.none")}</p>}
        <ul className="flex flex-col">
          {others.map((other) => (
            <li key={other.id}>
              <Link
                to="/runs/compare/$left/$right"
                params={{ left: execution.id, right: other.id }}
                onClick={onClose}
                className="flex min-h-row items-center gap-3 rounded-small px-2 hover:bg-hover"
              >
                <span className="w-16 font-semibold">#{other.number}</span>
                <StatusChip status={other.status} plain />
                <span className="ms-auto text-xs text-fg-muted">
                  {other.duration_ms !== null && `${formatDuration(other.duration_ms)} · `}
                  {formatRelative(other.started_at ?? other.queued_at)}
                </span>
              </Link>
            </li>
          ))}
        </ul>
        <LoadMore query={query} />
      </QueryState>
    </Dialog>
  );
}
