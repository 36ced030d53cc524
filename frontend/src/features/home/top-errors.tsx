// The errors that came most often: one line for all that are the same but for numbers.

import { Link } from "@tanstack/react-router";
import { CircleX } from "lucide-react";
import type { ErrorGroup } from "@/api/types";
import { formatNumber, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { buttonClass } from "@/ui/button";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { type Column, Table } from "@/ui/table";

export function TopErrors({ rows }: { readonly rows: readonly ErrorGroup[] }) {
  if (rows.length === 0) return null;
  return (
    <Card title={t("home.topErrors")} className="overflow-hidden">
      <Table
        label={t("home.topErrors")}
        columns={COLUMNS}
        rows={rows}
        rowKey={({ newest }) => newest}
      />
    </Card>
  );
}

const COLUMNS: readonly Column<ErrorGroup>[] = [
  {
    id: "what",
    header: t("home.error"),
    cell: ({ message, code }) => (
      <span className="flex flex-col gap-0.5 py-1">
        <Chip tone="error" icon={CircleX} plain className="whitespace-normal">
          {message || code}
        </Chip>
        <code className="font-code text-2xs text-fg-subtle">{code}</code>
      </span>
    ),
  },
  {
    id: "where",
    header: t("executions.workflow"),
    cell: ({ workflows }) => (
      <span className="text-fg-muted">{workflows.map(({ name }) => name).join(", ")}</span>
    ),
    wideOnly: true,
  },
  {
    id: "count",
    header: t("home.times"),
    cell: ({ count }) => <span className="font-semibold">{formatNumber(count)}×</span>,
    align: "end",
  },
  {
    id: "newest",
    header: t("home.newest"),
    cell: ({ newest_at }) => (
      <span className="whitespace-nowrap text-fg-muted">{formatRelative(newest_at)}</span>
    ),
  },
  {
    id: "open",
    header: t("home.open"),
    hideHeader: true,
    align: "end",
    cell: ({ newest }) => (
      <Link
        to="/runs/$executionId"
        params={{ executionId: newest }}
        className={buttonClass("secondary")}
      >
        {t("home.open")}
      </Link>
    ),
  },
];
