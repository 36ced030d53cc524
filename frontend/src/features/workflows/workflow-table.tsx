// Workflows as lines.

import type { WorkflowRow } from "@/api/types";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";
import { type Column, Table } from "@/ui/table";
import { LastRun, triggerNames, Updated, WorkflowLink, WorkflowState } from "./workflow-facts";
import { WorkflowMenu } from "./workflow-menu";

const COLUMNS: readonly Column<WorkflowRow>[] = [
  {
    id: "name",
    header: t("workflows.name"),
    cell: (row) => <WorkflowLink row={row} />,
    className: "w-2/5",
  },
  { id: "state", header: t("workflows.state"), cell: (row) => <WorkflowState row={row} /> },
  {
    id: "triggers",
    header: t("workflows.triggers"),
    cell: (row) => <span className="text-fg-muted">{triggerNames(row)}</span>,
    wideOnly: true,
  },
  { id: "last", header: t("workflows.lastRun"), cell: (row) => <LastRun row={row} /> },
  {
    id: "updated",
    header: t("workflows.updated"),
    cell: (row) => <Updated row={row} />,
    wideOnly: true,
  },
  {
    id: "menu",
    header: t("common.more"),
    hideHeader: true,
    cell: (row) => <WorkflowMenu row={row} />,
    align: "end",
    className: "max-sm:absolute max-sm:end-2 max-sm:top-2",
  },
];

export function WorkflowTable({ rows }: { readonly rows: readonly WorkflowRow[] }) {
  return (
    <Card className="overflow-hidden">
      <Table label={t("nav.workflows")} columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
    </Card>
  );
}
