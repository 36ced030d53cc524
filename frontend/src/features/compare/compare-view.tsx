// Two runs against each other: their facts, the canvas coloured by difference, the steps in a table.

import "@/lib/messages/inspector";
import "@/lib/messages/pages";
import "@/lib/messages/runs";
import { Link } from "@tanstack/react-router";
import { ArrowLeftRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Comparison, ExecutionRow } from "@/api/types";
import { formatDuration, formatMoment } from "@/lib/format";
import { t } from "@/lib/i18n";
import { buttonClass } from "@/ui/button";
import { Card } from "@/ui/card";
import { Checkbox } from "@/ui/checkbox";
import { Icon } from "@/ui/icon";
import { StatusChip } from "@/ui/status-chip";
import { ComparedSteps } from "./compared-steps";

type Props = {
  readonly comparison: Comparison;
  /** The document of the left run with a mark on every node. */
  readonly canvas: ReactNode;
};

export function CompareView({ comparison, canvas }: Props) {
  const [left, right] = comparison.executions;
  const changed = comparison.steps.filter(({ state }) => state !== "same");
  const [onlyChanged, setOnlyChanged] = useState(changed.length > 0);
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-[1fr_auto_1fr] items-center gap-3 max-sm:grid-cols-1">
        <RunCard row={left} />
        <Link
          to="/runs/compare/$left/$right"
          params={{ left: right.id, right: left.id }}
          aria-label={t("runs.compare.swap")}
          title={t("runs.compare.swap")}
          className={buttonClass("ghost")}
        >
          <Icon icon={ArrowLeftRight} />
        </Link>
        <RunCard row={right} />
      </div>
      <Card className="h-80 overflow-hidden max-sm:hidden">{canvas}</Card>
      <Card
        title={
          changed.length === 0
            ? t("runs.compare.allSame")
            : t("runs.compare.changed", { count: changed.length })
        }
        aside={
          <Checkbox
            label={t("runs.compare.onlyChanged")}
            checked={onlyChanged}
            onChange={setOnlyChanged}
          />
        }
        className="overflow-hidden"
      >
        <ComparedSteps left={left} right={right} steps={onlyChanged ? changed : comparison.steps} />
      </Card>
    </div>
  );
}

function RunCard({ row }: { readonly row: ExecutionRow }) {
  return (
    <Card className="flex flex-wrap items-center gap-x-3 gap-y-1 p-3">
      <Link
        to="/runs/$executionId"
        params={{ executionId: row.id }}
        className="rounded-small text-md font-semibold hover:text-accent"
      >
        {t("runs.run", { number: row.number })}
      </Link>
      <StatusChip status={row.status} />
      <span className="text-xs text-fg-muted">
        {[
          row.version.number === null
            ? t("runs.ofDraft")
            : t("runs.ofVersion", { number: row.version.number }),
          formatMoment(row.started_at ?? row.queued_at),
          row.duration_ms === null ? "" : formatDuration(row.duration_ms),
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </Card>
  );
}
