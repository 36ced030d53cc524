// Workflows as lines.

import type { WorkflowRow } from "@/api/types";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";
import { Checkbox } from "@/ui/checkbox";
import { type Column, Table } from "@/ui/table";
import { TagChips } from "./tag-chips";
import { LastRun, triggerNames, Updated, WorkflowLink, WorkflowState } from "./workflow-facts";
import { WorkflowMenu } from "./workflow-menu";

const COLUMNS: readonly Column<WorkflowRow>[] = [
  {
    id: "name",
    header: t("workflows.name"),
    cell: (row) => (
      <span className="flex flex-col items-start gap-0.5 py-1">
        <WorkflowLink row={row} />
        <TagChips row={row} />
      </span>
    ),
    className: "w-2/5 max-sm:w-full max-sm:pe-10",
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

type Props = {
  readonly rows: readonly WorkflowRow[];
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
};

export function WorkflowTable({ rows, ticked, onTick }: Props) {
  const columns = [tickColumn(ticked, onTick), ...COLUMNS];
  return (
    <Card className="overflow-hidden">
      <Table label={t("nav.workflows")} columns={columns} rows={rows} rowKey={(row) => row.id} />
    </Card>
  );
}

/** Ticks workflows for a command; on a phone each has its menu. */
function tickColumn(
  ticked: ReadonlySet<string>,
  onTick: (ticked: ReadonlySet<string>) => void,
): Column<WorkflowRow> {
  return {
    id: "tick",
    header: t("organise.column"),
    hideHeader: true,
    className: "w-10 max-sm:hidden",
    cell: ({ id, name }) => (
      <Checkbox
        label={t("organise.choose", { name })}
        hideLabel
        checked={ticked.has(id)}
        onChange={(isTicked) => {
          const next = new Set(ticked);
          if (isTicked) next.add(id);
          else next.delete(id);
          onTick(next);
        }}
      />
    ),
  };
}
