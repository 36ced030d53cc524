// The last calls: who was asked, why, and what came of it.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleDashed, CircleX, Gauge, Recycle } from "lucide-react";
import { useState } from "react";
import { modelCallsQuery } from "@/api/model-queries";
import type { ModelCall } from "@/api/types";
import { useCan } from "@/features/auth";
import { formatDuration, formatMoment, formatNumber, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { IconButton } from "@/ui/icon-button";
import { QueryState } from "@/ui/query-state";
import { type Column, Table } from "@/ui/table";
import { ComplexityDialog, isEstimated } from "./complexity-dialog";

export function LastCalls() {
  const query = useQuery(modelCallsQuery);
  const rows = query.data?.results ?? [];
  const [corrected, setCorrected] = useState<ModelCall | null>(null);
  const mayEdit = useCan("llm.edit");
  return (
    <Card title={t("calls.title")} className="overflow-hidden">
      <QueryState query={query} rows={3}>
        {rows.length === 0 ? (
          <p className="px-4 pb-4 text-fg-muted">{t("calls.empty")}</p>
        ) : (
          <Table
            label={t("calls.title")}
            columns={mayEdit ? [...COLUMNS, commands(setCorrected)] : COLUMNS}
            rows={rows}
            rowKey={({ id }) => id}
          />
        )}
      </QueryState>
      {corrected && <ComplexityDialog call={corrected} onClose={() => setCorrected(null)} />}
    </Card>
  );
}

/** Complexity can be corrected where the router estimated it. */
function commands(onCorrect: (row: ModelCall) => void): Column<ModelCall> {
  return {
    id: "commands",
    header: t("common.more"),
    hideHeader: true,
    align: "end",
    cell: (row) =>
      isEstimated(row) && (
        <IconButton icon={Gauge} label={t("calls.correct")} onClick={() => onCorrect(row)} />
      ),
    className: "max-sm:absolute max-sm:end-2 max-sm:top-2",
  };
}

const COLUMNS: readonly Column<ModelCall>[] = [
  {
    id: "model",
    header: t("calls.model"),
    cell: (row) => (
      <span className="flex flex-col py-1">
        <span className="font-semibold wrap-anywhere">{row.model}</span>
        <span className="text-xs text-fg-muted">{row.reason}</span>
      </span>
    ),
    className: "w-2/5 max-sm:w-full max-sm:pe-10",
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
