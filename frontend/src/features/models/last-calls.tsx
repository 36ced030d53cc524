// The last calls: who was asked, why, and what came of it.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleDashed, CircleX, Recycle } from "lucide-react";
import { modelCallsQuery } from "@/api/model-queries";
import type { ModelCall } from "@/api/types";
import { formatDuration, formatMoment, formatNumber, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { QueryState } from "@/ui/query-state";
import { type Column, Table } from "@/ui/table";
import { formatMoney } from "./money";

export function LastCalls() {
  const query = useQuery(modelCallsQuery);
  const rows = query.data?.results ?? [];
  return (
    <Card title={t("calls.title")} className="overflow-hidden">
      <QueryState query={query} rows={3}>
        {rows.length === 0 ? (
          <p className="px-4 pb-4 text-fg-muted">{t("calls.empty")}</p>
        ) : (
          <Table label={t("calls.title")} columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />
        )}
      </QueryState>
    </Card>
  );
}

const COLUMNS: readonly Column<ModelCall>[] = [
  {
    id: "model",
    header: t("calls.model"),
    cell: ({ model, reason }) => (
      <span className="flex flex-col py-1">
        <span className="font-semibold wrap-anywhere">{model}</span>
        <span className="text-xs text-fg-muted">{reason}</span>
      </span>
    ),
    className: "w-2/5 max-sm:w-full",
  },
  { id: "state", header: t("models.state"), cell: (row) => <Outcome row={row} /> },
  {
    id: "tokens",
    header: t("calls.tokens"),
    cell: ({ input_tokens, output_tokens }) =>
      t("calls.inOut", { given: formatNumber(input_tokens), made: formatNumber(output_tokens) }),
    align: "end",
    wideOnly: true,
  },
  {
    id: "latency",
    header: t("calls.latency"),
    cell: ({ latency_ms }) => (latency_ms === null ? null : formatDuration(latency_ms)),
    align: "end",
    wideOnly: true,
  },
  {
    id: "cost",
    header: t("spending.cost"),
    cell: ({ cost_micro }) => formatMoney(cost_micro),
    align: "end",
  },
  { id: "at", header: t("calls.when"), cell: (row) => <When row={row} />, align: "end" },
];

function Outcome({ row }: { readonly row: ModelCall }) {
  if (row.is_cached) {
    return (
      <Chip tone="cached" icon={Recycle}>
        {t("calls.cached")}
      </Chip>
    );
  }
  if (row.state === "done") {
    return (
      <Chip tone="success" icon={CircleCheck}>
        {t("calls.done")}
      </Chip>
    );
  }
  if (row.state === "open") {
    return (
      <Chip tone="running" icon={CircleDashed}>
        {t("calls.open")}
      </Chip>
    );
  }
  return (
    <Chip tone="error" icon={CircleX}>
      {row.error_code ?? t("calls.lost")}
    </Chip>
  );
}

function When({ row }: { readonly row: ModelCall }) {
  const text = <span title={formatMoment(row.at)}>{formatRelative(row.at)}</span>;
  if (row.execution === null || row.workflow === null) return text;
  return (
    <Link
      to="/runs/$executionId"
      params={{ executionId: row.execution }}
      className="text-accent hover:underline"
    >
      {text}
    </Link>
  );
}
