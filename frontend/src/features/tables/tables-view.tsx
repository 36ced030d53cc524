// All tables, by name.

import "@/lib/messages/tables";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus, Table2 } from "lucide-react";
import { useState } from "react";
import type { DataTable } from "@/api/types";
import { useCan } from "@/features/auth";
import { Page } from "@/features/shell";
import { formatNumber, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { type Column, Table } from "@/ui/table";
import { NewTableDialog } from "./name-dialogs";
import { tablesQuery } from "./queries";

export function TablesView() {
  const [creating, setCreating] = useState(false);
  const query = useInfiniteQuery(tablesQuery);
  const mayEdit = useCan("table.edit");
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const create = mayEdit && (
    <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
      {t("tables.create")}
    </Button>
  );
  return (
    <Page title={t("nav.tables")} intro={t("tables.intro")} actions={rows.length > 0 && create}>
      <QueryState query={query}>
        {rows.length === 0 ? (
          <EmptyState icon={Table2} title={t("tables.empty")} action={create}>
            {t("tables.emptyText")}
          </EmptyState>
        ) : (
          <>
            <Card className="overflow-hidden">
              <Table
                label={t("nav.tables")}
                columns={COLUMNS}
                rows={rows}
                rowKey={(row) => row.id}
              />
            </Card>
            <LoadMore query={query} />
          </>
        )}
      </QueryState>
      {creating && <NewTableDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

const COLUMNS: readonly Column<DataTable>[] = [
  {
    id: "name",
    header: t("tables.name"),
    cell: ({ id, name }) => (
      <Link
        to="/tables/$tableId"
        params={{ tableId: id }}
        className="rounded-small font-semibold hover:text-accent hover:underline"
      >
        {name}
      </Link>
    ),
  },
  {
    id: "columns",
    header: t("tables.columns"),
    cell: ({ columns }) => (
      <span className="line-clamp-1 text-fg-muted">
        {columns.map(({ name }) => name).join(", ") || "—"}
      </span>
    ),
  },
  {
    id: "rows",
    header: t("tables.rows"),
    cell: ({ row_count }) => (
      <>
        <span className="max-sm:hidden">{formatNumber(row_count)}</span>
        <span className="text-fg-muted sm:hidden">
          {t("tables.rowsCount", { count: row_count })}
        </span>
      </>
    ),
    align: "end",
  },
  {
    id: "created",
    header: t("tables.created"),
    cell: ({ created_at }) => <span className="text-fg-muted">{formatRelative(created_at)}</span>,
    wideOnly: true,
  },
];
