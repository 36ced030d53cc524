// One table: its rows to read and edit, and what can be done with all of it.

import "@/lib/messages/tables";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Columns3, Download, Ellipsis, FileUp, Pencil, Plus, Rows3, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { DataTable } from "@/api/types";
import { useCan } from "@/features/auth";
import { Page } from "@/features/shell";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/dialog";
import { EmptyState } from "@/ui/empty-state";
import { IconButton } from "@/ui/icon-button";
import { LoadMore } from "@/ui/load-more";
import { Menu, type MenuEntry } from "@/ui/menu";
import { QueryState } from "@/ui/query-state";
import { ImportRowsDialog } from "./import-dialog";
import { NewColumnDialog, RenameTableDialog } from "./name-dialogs";
import { NO_FILTER, rowsQuery, tableQuery } from "./queries";
import { RowFilterBar } from "./row-filter-bar";
import { TableGrid } from "./table-grid";
import { useAddRow } from "./use-rows";

export function TableView({ tableId }: { readonly tableId: string }) {
  const query = useQuery(tableQuery(tableId));
  const table = query.data;
  if (!table) {
    return (
      <Page title={t("nav.tables")}>
        <QueryState query={query}>{null}</QueryState>
      </Page>
    );
  }
  return <LoadedTable table={table} />;
}

type Asking = "column" | "import" | "rename" | "delete" | null;

function LoadedTable({ table }: { readonly table: DataTable }) {
  const [asking, setAsking] = useState<Asking>(null);
  const mayEdit = useCan("table.edit");
  const close = () => setAsking(null);
  return (
    <Page
      title={table.name}
      above={
        <Link to="/tables" className="rounded-small text-fg-muted hover:underline">
          {t("nav.tables")}
        </Link>
      }
      intro={t("tables.rowsCount", { count: table.row_count })}
      actions={<Actions table={table} mayEdit={mayEdit} ask={setAsking} />}
    >
      {table.columns.length === 0 ? (
        <EmptyState icon={Columns3} title={t("tables.noColumns")}>
          {t("tables.noColumnsText")}
        </EmptyState>
      ) : (
        <Rows table={table} mayEdit={mayEdit} />
      )}
      {asking === "column" && <NewColumnDialog table={table} onClose={close} />}
      {asking === "import" && <ImportRowsDialog table={table} onClose={close} />}
      {asking === "rename" && <RenameTableDialog table={table} onClose={close} />}
      {asking === "delete" && <Deletion table={table} onClose={close} />}
    </Page>
  );
}

type RowsProps = { readonly table: DataTable; readonly mayEdit: boolean };

function Rows({ table, mayEdit }: RowsProps) {
  const [filter, setFilter] = useState(NO_FILTER);
  const query = useInfiniteQuery(rowsQuery(table, filter));
  const add = useAddRow(table);
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <>
      <RowFilterBar table={table} filter={filter} onChange={setFilter} />
      <QueryState query={query}>
        <TableGrid
          table={table}
          rows={rows}
          sort={filter.sort}
          onSort={(sort) => setFilter({ ...filter, sort })}
          mayEdit={mayEdit}
        />
        {rows.length === 0 && <NoRows isFiltered={filter.text.trim() !== ""} />}
        {mayEdit && !query.hasNextPage && (
          <div>
            <Button icon={Plus} busy={add.isPending} onClick={() => add.mutate()}>
              {t("tables.addRow")}
            </Button>
          </div>
        )}
        <LoadMore query={query} />
      </QueryState>
    </>
  );
}

function NoRows({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) return <EmptyState icon={Rows3} title={t("tables.noneFound")} />;
  return (
    <EmptyState icon={Rows3} title={t("tables.emptyRows")}>
      {t("tables.emptyRowsText")}
    </EmptyState>
  );
}

type ActionsProps = {
  readonly table: DataTable;
  readonly mayEdit: boolean;
  readonly ask: (what: Asking) => void;
};

function Actions({ table, mayEdit, ask }: ActionsProps) {
  const entries: MenuEntry[] = [
    {
      id: "export",
      label: t("tables.export"),
      icon: Download,
      onSelect: () => window.location.assign(`/api/v1/tables/${table.id}/export/`),
    },
  ];
  if (mayEdit) {
    entries.unshift({
      id: "import",
      label: t("tables.import"),
      icon: FileUp,
      onSelect: () => ask("import"),
    });
    entries.push(
      { id: "rename", label: t("common.rename"), icon: Pencil, onSelect: () => ask("rename") },
      "separator",
      {
        id: "delete",
        label: t("common.delete"),
        icon: Trash2,
        danger: true,
        onSelect: () => ask("delete"),
      },
    );
  }
  const label = t("tables.tableMenu");
  return (
    <>
      {mayEdit && (
        <Button icon={Columns3} onClick={() => ask("column")}>
          {t("tables.addColumn")}
        </Button>
      )}
      <Menu
        label={label}
        align="end"
        trigger={<IconButton icon={Ellipsis} label={label} variant="outline" />}
        entries={entries}
      />
    </>
  );
}

type DeletionProps = { readonly table: DataTable; readonly onClose: () => void };

function Deletion({ table, onClose }: DeletionProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const deletion = useMutation({
    mutationFn: () => api.delete(`tables/${table.id}/`),
    onSuccess: async () => {
      await navigate({ to: "/tables" });
      await refresh(client, keys.tables);
    },
    onSettled: onClose,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("tables.deleteTitle", { name: table.name })}
      description={t("tables.deleteText", { count: table.row_count })}
      confirmLabel={t("common.delete")}
      danger
      busy={deletion.isPending}
      onConfirm={() => deletion.mutate()}
    />
  );
}
