// The four figures at the top of the home page, each with its change and its course.

import { ArrowDownRight, ArrowRight, ArrowUpRight } from "lucide-react";
import type { Dashboard, FiguresPart } from "@/api/types";
import { cx } from "@/lib/cx";
import { formatDuration, formatNumber, formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import {
  type Change,
  type Direction,
  linePoints,
  pointChange,
  relativeChange,
  type Verdict,
} from "./model/change";

const NOTHING = "–";
const WIDTH = 96;
const HEIGHT = 24;

const ARROWS = {
  up: ArrowUpRight,
  down: ArrowDownRight,
  same: ArrowRight,
} as const satisfies Record<Direction, unknown>;
const COLORS: Readonly<Record<Verdict, string>> = {
  better: "text-success",
  worse: "text-error",
  neutral: "text-fg-muted",
};

export function Figures({ dashboard }: { readonly dashboard: Dashboard }) {
  const { figures: now, before, parts } = dashboard;
  return (
    <dl className="grid grid-cols-4 gap-3 max-lg:grid-cols-2">
      <Figure
        label={t("home.runs")}
        value={formatNumber(now.runs)}
        change={relativeChange(now.runs, before.runs, "none")}
        course={parts.map(({ runs }) => runs)}
      />
      <Figure
        label={t("home.successRate")}
        value={now.success_rate === null ? NOTHING : formatPercent(now.success_rate)}
        change={pointChange(now.success_rate, before.success_rate, "more")}
        inPoints
        course={parts.map(({ success_rate }) => success_rate)}
      />
      <Duration label={t("home.p50")} name="p50_ms" dashboard={dashboard} />
      <Duration label={t("home.p95")} name="p95_ms" dashboard={dashboard} />
    </dl>
  );
}

type DurationProps = {
  readonly label: string;
  readonly name: "p50_ms" | "p95_ms";
  readonly dashboard: Dashboard;
};

function Duration({ label, name, dashboard: { figures, before, parts } }: DurationProps) {
  const ms = figures[name];
  return (
    <Figure
      label={label}
      value={ms === null ? NOTHING : formatDuration(ms)}
      change={relativeChange(ms, before[name], "less")}
      course={parts.map((part: FiguresPart) => part[name])}
    />
  );
}

type FigureProps = {
  readonly label: string;
  readonly value: string;
  readonly change: Change | null;
  readonly inPoints?: boolean;
  readonly course: readonly (number | null)[];
};

function Figure({ label, value, change, inPoints, course }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1 rounded-panel border border-line bg-surface p-4">
      <dt className="text-xs font-medium text-fg-muted">{label}</dt>
      <dd className="truncate text-2xl font-semibold tabular-nums">{value}</dd>
      <dd className="flex min-h-6 items-end justify-between gap-2">
        {change ? (
          <ChangeLine change={change} inPoints={inPoints ?? false} />
        ) : (
          <span className="text-xs text-fg-subtle">{t("home.nothingBefore")}</span>
        )}
        <Sparkline course={course} />
      </dd>
    </div>
  );
}

type ChangeProps = { readonly change: Change; readonly inPoints: boolean };

function ChangeLine({ change, inPoints }: ChangeProps) {
  const amount = formatPercent(Math.abs(change.by));
  const sign = change.direction === "same" ? "±" : change.direction === "up" ? "+" : "−";
  return (
    <span
      title={t("home.comparedWithBefore")}
      className={cx(
        "inline-flex items-center gap-1 text-xs whitespace-nowrap",
        COLORS[change.verdict],
      )}
    >
      <Icon icon={ARROWS[change.direction]} size={13} />
      {inPoints
        ? t("home.points", { sign, points: (Math.abs(change.by) * 100).toFixed(1) })
        : `${sign}${amount}`}
    </span>
  );
}

/** The same values stand in the table beside the chart. */
function Sparkline({ course }: { readonly course: readonly (number | null)[] }) {
  if (course.filter((value) => value !== null).length < 2) return null;
  return (
    <svg
      aria-hidden="true"
      viewBox={`-1 -1 ${WIDTH + 2} ${HEIGHT + 2}`}
      className="h-6 w-24 min-w-0 shrink text-accent"
    >
      <polyline
        points={linePoints(course, WIDTH, HEIGHT)}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
    </svg>
  );
}
