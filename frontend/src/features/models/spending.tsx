// What was spent: day by day, and by whom.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { savingQuery, spendingQuery } from "@/api/model-queries";
import type { SpentLine } from "@/api/types";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { Card } from "@/ui/card";
import { QueryState } from "@/ui/query-state";
import { Segmented } from "@/ui/segmented";
import { type Column, Table } from "@/ui/table";
import { SpendingBars } from "./spending-bars";
import { useWorkflowNames } from "./workflow-names";

const SPANS = ["7", "30", "90"] as const;
type Span = (typeof SPANS)[number];

export function Spending() {
  const [span, setSpan] = useState<Span>("30");
  const days = Number(span);
  const byDay = useQuery(spendingQuery("day", days));
  const lines = byDay.data?.results ?? [];
  const choice = (
    <Segmented
      label={t("spending.span")}
      value={span}
      segments={SPANS.map((value) => ({
        value,
        label: t("spending.days", { count: Number(value) }),
      }))}
      onChange={setSpan}
    />
  );
  return (
    <Card title={t("spending.title")} aside={choice} className="flex flex-col overflow-hidden">
      <QueryState query={byDay} rows={4}>
        {lines.length === 0 ? (
          <p className="px-4 pb-4 text-fg-muted">{t("spending.empty")}</p>
        ) : (
          <>
            <Totals lines={lines} days={days} />
            <SpendingBars lines={lines} days={days} />
            <div className="grid grid-cols-2 items-start border-t border-line max-lg:grid-cols-1">
              <ByKey by="workflow" days={days} />
              <ByKey by="model" days={days} />
            </div>
          </>
        )}
      </QueryState>
    </Card>
  );
}

type TotalsProps = { readonly lines: readonly SpentLine[]; readonly days: number };

function Totals({ lines, days }: TotalsProps) {
  const { data: saving } = useQuery(savingQuery(days));
  const sum = (of: (line: SpentLine) => number) => lines.reduce((all, line) => all + of(line), 0);
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 px-4 pt-1">
      <Total label={t("spending.total")} value={formatMoney(sum((line) => line.cost_micro))} />
      <Total label={t("spending.calls")} value={formatNumber(sum((line) => line.calls))} />
      <Total label={t("spending.failed")} value={formatNumber(sum((line) => line.failed))} />
      <Total label={t("spending.cached")} value={formatNumber(sum((line) => line.cached))} />
      {saving && saving.percent > 0 && (
        <Total
          label={t("spending.saved", { model: saving.premium_model })}
          value={t("spending.percent", { percent: saving.percent })}
        />
      )}
    </dl>
  );
}

function Total({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt className="text-xs text-fg-muted">{label}</dt>
      <dd className="text-md tabular-nums">{value}</dd>
    </div>
  );
}

type ByProps = { readonly by: "workflow" | "model"; readonly days: number };

function ByKey({ by, days }: ByProps) {
  const query = useQuery(spendingQuery(by, days));
  const nameOf = useWorkflowNames();
  const named = (key: string) => {
    if (key === "") return t("spending.none");
    return by === "workflow" ? nameOf(key) : key;
  };
  const columns: readonly Column<SpentLine>[] = [
    {
      id: "key",
      header: t(`spending.by.${by}`),
      cell: ({ key }) => <span className="wrap-anywhere">{named(key)}</span>,
    },
    {
      id: "calls",
      header: t("spending.calls"),
      cell: ({ calls }) => formatNumber(calls),
      align: "end",
      named: true,
    },
    {
      id: "cost",
      header: t("spending.cost"),
      cell: ({ cost_micro }) => formatMoney(cost_micro),
      align: "end",
      named: true,
    },
  ];
  return (
    <QueryState query={query} rows={2}>
      <Table
        label={t(`spending.by.${by}`)}
        columns={columns}
        rows={query.data?.results ?? []}
        rowKey={({ key }) => key}
      />
    </QueryState>
  );
}
