// What somebody has to look at, each with its one way there.

import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleX, Hand } from "lucide-react";
import type { ReactNode } from "react";
import type { Approval, FailingWorkflow } from "@/api/types";
import { formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { buttonClass } from "@/ui/button";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { type Column, Table } from "@/ui/table";

type Props = {
  readonly failing: readonly FailingWorkflow[];
  /** Those that wait, the oldest last. */
  readonly approvals: readonly Approval[];
};

type Row = {
  readonly key: string;
  readonly where: string;
  readonly what: ReactNode;
  readonly since: string;
  readonly count: string;
  readonly action: ReactNode;
};

export function NeedsAttention({ failing, approvals }: Props) {
  const rows = [...failing.map(failingRow), ...waitingRows(approvals)];
  return (
    <Card title={t("home.needsAttention")} className="overflow-hidden">
      {rows.length === 0 ? (
        <p className="px-4 pt-1 pb-4">
          <Chip tone="success" icon={CircleCheck}>
            {t("home.allWell")}
          </Chip>
        </p>
      ) : (
        <Table
          label={t("home.needsAttention")}
          columns={COLUMNS}
          rows={rows}
          rowKey={({ key }) => key}
        />
      )}
    </Card>
  );
}

function failingRow({ workflow, message, since, count, execution }: FailingWorkflow): Row {
  return {
    key: workflow.id,
    where: workflow.name,
    what: (
      <Chip tone="error" icon={CircleX} plain className="whitespace-normal">
        {message || t("status.failed")}
      </Chip>
    ),
    since,
    count: t("home.failures", { count }),
    action: (
      <Link
        to="/runs/$executionId"
        params={{ executionId: execution }}
        className={buttonClass("secondary")}
      >
        {t("home.open")}
      </Link>
    ),
  };
}

function waitingRows(approvals: readonly Approval[]): readonly Row[] {
  const oldest = approvals.toSorted((a, b) => a.created_at.localeCompare(b.created_at))[0];
  if (!oldest) return [];
  return [
    {
      key: "approvals",
      where: t("nav.inbox"),
      what: (
        <Chip tone="human" icon={Hand} plain className="whitespace-normal">
          {t("inbox.waiting", { count: approvals.length })}
        </Chip>
      ),
      since: oldest.created_at,
      count: "",
      action: (
        <Link to="/inbox" className={buttonClass("secondary")}>
          {t("home.decide")}
        </Link>
      ),
    },
  ];
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "where",
    header: t("home.where"),
    cell: ({ where }) => <span className="font-semibold">{where}</span>,
  },
  { id: "what", header: t("home.what"), cell: ({ what }) => what },
  {
    id: "since",
    header: t("home.since"),
    cell: ({ since }) => (
      <span className="whitespace-nowrap text-fg-muted">{formatRelative(since)}</span>
    ),
  },
  { id: "count", header: t("home.runsHit"), cell: ({ count }) => count },
  {
    id: "open",
    header: t("home.open"),
    hideHeader: true,
    align: "end",
    cell: ({ action }) => action,
  },
];
