// Runs per hour as bars; the same figures as a table for whoever prefers it.

import { ChartColumn, Table2 } from "lucide-react";
import { useState } from "react";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";
import { Segmented } from "@/ui/segmented";
import { Table } from "@/ui/table";
import type { HourOfRuns } from "./model/summary";

const LABEL_EVERY = 4;
const times = new Intl.DateTimeFormat("en", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

const hourLabel = ({ startMs }: HourOfRuns): string => times.format(startMs);

type Props = { readonly hours: readonly HourOfRuns[] };

export function RunsCard({ hours }: Props) {
  const [view, setView] = useState<"chart" | "table">("chart");
  return (
    <Card
      title={t("home.runsPerHour")}
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
      <div className="h-56 overflow-auto p-4 pt-2">
        {view === "chart" ? <Chart hours={hours} /> : <Figures hours={hours} />}
      </div>
    </Card>
  );
}

function Chart({ hours }: Props) {
  const most = Math.max(...hours.map(({ succeeded, failed }) => succeeded + failed));
  const top = Math.max(2, most + (most % 2));
  return (
    <div
      role="img"
      aria-label={t("home.chartLabel", { most })}
      className="grid h-full grid-cols-[1fr_auto] grid-rows-[1fr_auto] gap-x-2"
    >
      <div className="relative flex items-end border-b border-line-strong">
        <span className="absolute inset-x-0 top-0 h-px bg-line" />
        <span className="absolute inset-x-0 top-1/2 h-px bg-line" />
        {hours.map((hour) => (
          <Bar key={hour.startMs} hour={hour} top={top} />
        ))}
      </div>
      <div className="-my-1.5 flex flex-col justify-between text-2xs text-fg-subtle">
        <span>{formatNumber(top)}</span>
        <span>{formatNumber(top / 2)}</span>
        <span>0</span>
      </div>
      <div className="flex pt-1.5 text-2xs text-fg-subtle">
        {hours.map((hour, index) => (
          <span key={hour.startMs} className="w-0 flex-1 whitespace-nowrap">
            {index % LABEL_EVERY === 0 && hourLabel(hour)}
          </span>
        ))}
      </div>
    </div>
  );
}

type BarProps = { readonly hour: HourOfRuns; readonly top: number };

function Bar({ hour, top }: BarProps) {
  const share = (count: number) => ({ height: `${(count / top) * 100}%` });
  return (
    <div className="relative flex h-full min-w-0 flex-1 flex-col items-center justify-end gap-px">
      <span className="w-3/4 max-w-9 rounded-sm bg-error-fill" style={share(hour.failed)} />
      <span className="w-3/4 max-w-9 rounded-sm bg-accent-solid" style={share(hour.succeeded)} />
    </div>
  );
}

function Figures({ hours }: Props) {
  return (
    <Table
      label={t("home.runsPerHour")}
      rowKey={(hour) => String(hour.startMs)}
      rows={hours.toReversed()}
      columns={[
        { id: "hour", header: t("home.hour"), cell: hourLabel },
        { id: "good", header: t("home.succeeded"), cell: ({ succeeded }) => succeeded },
        { id: "bad", header: t("home.failed"), cell: ({ failed }) => failed },
      ]}
    />
  );
}
