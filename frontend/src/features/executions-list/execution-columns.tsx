// The columns of a list of runs.

import "@/lib/messages/pages";
import { Link } from "@tanstack/react-router";
import {
  CalendarClock,
  Code,
  FlaskConical,
  type LucideIcon,
  MousePointerClick,
  Radar,
  Radio,
  TriangleAlert,
  Webhook,
  Workflow,
} from "lucide-react";
import type { ExecutionMode, ExecutionRow, PricedRow } from "@/api/types";
import { formatDuration, formatMoment, formatRelative } from "@/lib/format";
import { isKnown, t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { Icon } from "@/ui/icon";
import { StatusChip } from "@/ui/status-chip";
import type { Column } from "@/ui/table";

const MODE_ICONS: Readonly<Record<ExecutionMode, LucideIcon>> = {
  manual: MousePointerClick,
  webhook: Webhook,
  schedule: CalendarClock,
  poll: Radar,
  api: Code,
  test: FlaskConical,
  child: Workflow,
  event: Radio,
  error: TriangleAlert,
  test_run: FlaskConical,
};

export function modeLabel(mode: ExecutionMode): string {
  const key = `executions.mode.${mode}`;
  return isKnown(key) ? t(key) : mode;
}

const NUMBER: Column<ExecutionRow> = {
  id: "run",
  header: t("executions.run"),
  cell: ({ id, number, workflow }) => (
    <Link
      to="/runs/$executionId"
      params={{ executionId: id }}
      className="rounded-small font-semibold hover:text-accent"
    >
      #{number}
      <span className="font-normal sm:sr-only"> · {workflow.name}</span>
    </Link>
  ),
};

const WORKFLOW: Column<ExecutionRow> = {
  id: "workflow",
  header: t("executions.workflow"),
  cell: ({ workflow }) => (
    <Link
      to="/w/$workflowId"
      params={{ workflowId: workflow.id }}
      className="rounded-small hover:text-accent"
    >
      {workflow.name}
    </Link>
  ),
  className: "max-sm:hidden",
};

const STATUS: Column<ExecutionRow> = {
  id: "status",
  header: t("executions.status"),
  cell: (row) => (
    <span className="flex min-w-0 flex-col max-sm:flex-row max-sm:items-baseline max-sm:gap-2">
      <StatusChip status={row.status} plain />
      <span className="line-clamp-1 max-w-80 text-xs text-fg-subtle" title={row.error?.message}>
        {row.error?.message ?? row.waiting_for}
      </span>
    </span>
  ),
};

const MODE: Column<ExecutionRow> = {
  id: "mode",
  header: t("executions.startedBy"),
  cell: ({ mode }) => (
    <span className="flex items-center gap-1.5 text-fg-muted">
      <Icon icon={MODE_ICONS[mode] ?? Code} size={14} />
      {modeLabel(mode)}
    </span>
  ),
};

const VERSION: Column<ExecutionRow> = {
  id: "version",
  header: t("executions.version"),
  cell: ({ version }) => (
    <span className="text-fg-muted">
      {version.number === null
        ? t("executions.draftVersion")
        : t("executions.versionNumber", { number: version.number })}
    </span>
  ),
  wideOnly: true,
};

const STARTED: Column<ExecutionRow> = {
  id: "started",
  header: t("executions.started"),
  cell: ({ started_at, queued_at }) => (
    <span className="text-fg-muted" title={formatMoment(started_at ?? queued_at)}>
      {formatRelative(started_at ?? queued_at)}
    </span>
  ),
};

const DURATION: Column<ExecutionRow> = {
  id: "duration",
  header: t("executions.duration"),
  cell: ({ duration_ms }) => (
    <span className="text-fg-muted">{duration_ms === null ? "" : formatDuration(duration_ms)}</span>
  ),
  align: "end",
};

const COST: Column<PricedRow> = {
  id: "cost",
  header: t("executions.cost"),
  cell: ({ cost_micro }) => (
    <span className="text-fg-muted">{cost_micro > 0 && formatMoney(cost_micro)}</span>
  ),
  align: "end",
  wideOnly: true,
};

export const EXECUTION_COLUMNS = [NUMBER, WORKFLOW, STATUS, MODE, VERSION, STARTED, DURATION, COST];

/** For lists within one workflow. */
export const COLUMNS_OF_ONE_WORKFLOW = EXECUTION_COLUMNS.filter((column) => column !== WORKFLOW);

/** For summaries. */
export const SHORT_COLUMNS = [NUMBER, WORKFLOW, STATUS, STARTED, DURATION];
