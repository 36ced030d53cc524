// The slowest workflows as bars, with the figures beside them.

import { Link } from "@tanstack/react-router";
import type { SlowWorkflow } from "@/api/types";
import { formatDuration } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";

const SHOWN = 6;

export function Slowest({ rows }: { readonly rows: readonly SlowWorkflow[] }) {
  const shown = rows.slice(0, SHOWN);
  const longest = Math.max(1, ...shown.map(({ p95_ms }) => p95_ms ?? 0));
  return (
    <Card title={t("home.slowest")}>
      {shown.length === 0 ? (
        <p className="px-4 pb-4 text-fg-muted">{t("home.noneCompleted")}</p>
      ) : (
        <ul className="flex flex-col gap-3 px-4 pt-1 pb-4">
          {shown.map(({ workflow, p50_ms, p95_ms }) => (
            <li key={workflow.id} className="flex flex-col gap-1">
              <span className="flex items-baseline justify-between gap-3">
                <Link
                  to="/w/$workflowId"
                  params={{ workflowId: workflow.id }}
                  className="min-w-0 truncate rounded-small font-medium hover:underline"
                >
                  {workflow.name}
                </Link>
                <span className="text-xs whitespace-nowrap text-fg-muted tabular-nums">
                  {t("home.p95AndP50", {
                    p95: formatDuration(p95_ms ?? 0),
                    p50: formatDuration(p50_ms ?? 0),
                  })}
                </span>
              </span>
              <span aria-hidden="true" className="h-1.5 rounded-full bg-sunken">
                <span
                  className="block h-full rounded-full bg-accent-solid"
                  style={{ width: `${((p95_ms ?? 0) / longest) * 100}%` }}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
