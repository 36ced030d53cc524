// Workflows that fail, each with the way to its newest failure.

import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleX } from "lucide-react";
import { formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { buttonClass } from "@/ui/button";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { type Column, Table } from "@/ui/table";
import type { Trouble } from "./model/summary";

export function NeedsAttention({ troubles }: { readonly troubles: readonly Trouble[] }) {
  return (
    <Card title={t("home.needsAttention")} className="overflow-hidden">
      {troubles.length === 0 ? (
        <p className="px-4 pt-1 pb-4">
          <Chip tone="success" icon={CircleCheck}>
            {t("home.allWell")}
          </Chip>
        </p>
      ) : (
        <Table
          label={t("home.needsAttention")}
          columns={COLUMNS}
          rows={troubles}
          rowKey={({ workflow }) => workflow.id}
        />
      )}
    </Card>
  );
}

const COLUMNS: readonly Column<Trouble>[] = [
  {
    id: "workflow",
    header: t("executions.workflow"),
    cell: ({ workflow }) => <span className="font-semibold">{workflow.name}</span>,
  },
  {
    id: "what",
    header: t("home.what"),
    cell: ({ run }) => (
      <Chip tone="error" icon={CircleX} plain className="whitespace-normal">
        {run.error?.message ?? t("status.failed")}
      </Chip>
    ),
  },
  {
    id: "since",
    header: t("home.since"),
    cell: ({ sinceIso }) => <span className="text-fg-muted">{formatRelative(sinceIso)}</span>,
  },
  {
    id: "count",
    header: t("home.runsHit"),
    cell: ({ count }) => t("home.failures", { count }),
  },
  {
    id: "open",
    header: t("home.open"),
    hideHeader: true,
    align: "end",
    cell: ({ run }) => (
      <Link
        to="/runs/$executionId"
        params={{ executionId: run.id }}
        className={buttonClass("secondary")}
      >
        {t("home.open")}
      </Link>
    ),
  },
];
