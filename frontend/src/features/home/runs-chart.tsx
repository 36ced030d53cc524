// Runs over the period as bars; the same figures, with durations, as a table.

import { ChartColumn, Table2 } from "lucide-react";
import { useState } from "react";
import type { FiguresPart, Period } from "@/api/types";
import { formatDay, formatDuration, formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";
import { Segmented } from "@/ui/segmented";
import { Table } from "@/ui/table";

/** How many bars one label stands for: labels must not touch each other on a phone. */
const LABEL_EVERY: Readonly<Record<Period, number>> = { "24h": 6, "7d": 4, "30d": 6 };
const times = new Intl.DateTimeFormat("en", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function axisLabel({ begin }: FiguresPart, period: Period): string {
  const date = new Date(begin);
  return period === "24h" ? times.format(date) : formatDay(date);
}

function rowLabel({ begin }: FiguresPart, period: Period): string {
  const date = new Date(begin);
  return period === "30d" ? formatDay(date) : `${formatDay(date)}, ${times.format(date)}`;
}

const duration = (ms: number | null): string => (ms === null ? "–" : formatDuration(ms));

type Props = { readonly parts: readonly FiguresPart[]; readonly period: Period };

export function RunsCard({ parts, period }: Props) {
  const [view, setView] = useState<"chart" | "table">("chart");
  return (
    <Card
      title={t(`home.per.${period}`)}
      aside={
        <Segmented
          label={t("workflows.view")}
          value={view}
          onChange={setView}
          size="small"
          segments={[
            { value: "chart", label: t("home.asChart"), icon: ChartColumn, iconOnly: true },
            { value: "table", label: t("home.asTable"), icon: Table2, iconOnly: true },
          ]}
        />
      }
    >
      <div className="h-64 overflow-auto p-4 pt-2">
        {view === "chart" ? (
          <Chart parts={parts} period={period} />
        ) : (
          <Figures parts={parts} period={period} />
        )}
      </div>
    </Card>
  );
}

function Chart({ parts, period }: Props) {
  const most = Math.max(0, ...parts.map(({ runs }) => runs));
  const top = roundTop(most);
  return (
    <div
      role="img"
      aria-label={t("home.chartLabel", { title: t(`home.per.${period}`), most })}
      className="grid h-full grid-cols-[1fr_auto] grid-rows-[1fr_auto] gap-x-2"
    >
      <div className="relative flex items-end border-b border-line-strong">
        <span className="absolute inset-x-0 top-0 h-px bg-line" />
        <span className="absolute inset-x-0 top-1/2 h-px bg-line" />
        {parts.map((part) => (
          <Bar key={part.begin} part={part} top={top} label={rowLabel(part, period)} />
        ))}
      </div>
      <div className="-my-1.5 flex flex-col justify-between text-2xs text-fg-subtle">
        <span>{formatNumber(top)}</span>
        <span>{formatNumber(top / 2)}</span>
        <span>0</span>
      </div>
      <div className="flex pt-1.5 text-2xs text-fg-subtle">
        {parts.map((part, index) => (
          <span key={part.begin} className="w-0 flex-1 whitespace-nowrap">
            {index % LABEL_EVERY[period] === 0 && axisLabel(part, period)}
          </span>
        ))}
      </div>
    </div>
  );
}

/** The top of the axis: half a power of ten, so that its middle is a number that people say. */
function roundTop(most: number): number {
  if (most < 10) return Math.max(2, most + (most % 2));
  const half = 10 ** Math.floor(Math.log10(most)) / 2;
  return Math.ceil(most / half) * half;
}

type BarProps = { readonly part: FiguresPart; readonly top: number; readonly label: string };

function Bar({ part, top, label }: BarProps) {
  const share = (count: number) => ({ height: `${(count / top) * 100}%` });
  const good = part.runs - part.failed;
  return (
    <div
      title={t("home.bar", { when: label, good, failed: part.failed })}
      className="relative flex h-full min-w-0 flex-1 flex-col items-center justify-end gap-px hover:bg-hover"
    >
      <span className="w-3/4 max-w-9 rounded-sm bg-error-fill" style={share(part.failed)} />
      <span className="w-3/4 max-w-9 rounded-sm bg-accent-solid" style={share(good)} />
    </div>
  );
}

function Figures({ parts, period }: Props) {
  return (
    <Table
      label={t(`home.per.${period}`)}
      rowKey={(part) => part.begin}
      rows={parts.toReversed()}
      columns={[
        { id: "from", header: t("home.from"), cell: (part) => rowLabel(part, period) },
        { id: "good", header: t("home.succeeded"), cell: ({ runs, failed }) => runs - failed },
        { id: "bad", header: t("home.failed"), cell: ({ failed }) => failed },
        { id: "p50", header: t("home.p50"), cell: ({ p50_ms }) => duration(p50_ms) },
        { id: "p95", header: t("home.p95"), cell: ({ p95_ms }) => duration(p95_ms) },
      ]}
    />
  );
}
