// The rows of a table as a sheet: headers with their commands, cells that are edited in place.

import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { DataTable, TableRow } from "@/api/types";
import { t } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { ColumnHeader, sortOf } from "./column-header";
import { GridCell } from "./grid-cell";
import { useChangeCell, useDeleteRow } from "./use-rows";

type Props = {
  readonly table: DataTable;
  readonly rows: readonly TableRow[];
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly mayEdit: boolean;
};

export function TableGrid({ table, rows, sort, onSort, mayEdit }: Props) {
  const [deleting, setDeleting] = useState<TableRow | null>(null);
  const change = useChangeCell(table);
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it.
      tabIndex={0}
      aria-label={table.name}
      className="relative overflow-x-auto rounded-panel border border-line bg-surface"
    >
      <table aria-label={table.name} className="w-full border-collapse text-start">
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                aria-sort={sortOf(column.name, sort)}
                className="h-9 min-w-36 border-e border-b border-line bg-sunken text-start text-xs font-medium last:border-e-0"
              >
                <ColumnHeader
                  table={table}
                  column={column}
                  sort={sort}
                  onSort={onSort}
                  mayEdit={mayEdit}
                />
              </th>
            ))}
            {mayEdit && (
              <th scope="col" className="w-10 border-b border-line bg-sunken">
                <span className="sr-only">{t("common.delete")}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id} className="border-b border-line last:border-b-0 hover:bg-hover">
              {table.columns.map((column) => (
                <td key={column.key} className="border-e border-line p-0 last:border-e-0">
                  <GridCell
                    column={column}
                    value={row[column.name] ?? null}
                    rowNumber={index + 1}
                    mayEdit={mayEdit}
                    onChange={(value) =>
                      change.mutateAsync({ row, column: column.name, value }).then(() => undefined)
                    }
                  />
                </td>
              ))}
              {mayEdit && (
                <td className="w-10 p-0 text-center">
                  <IconButton
                    icon={Trash2}
                    size="small"
                    label={t("tables.deleteRow", { row: index + 1 })}
                    onClick={() => setDeleting(row)}
                  />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {deleting && <RowDeletion table={table} row={deleting} onClose={() => setDeleting(null)} />}
    </section>
  );
}

type RowDeletionProps = {
  readonly table: DataTable;
  readonly row: TableRow;
  readonly onClose: () => void;
};

function RowDeletion({ table, row, onClose }: RowDeletionProps) {
  const deletion = useDeleteRow(table);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("tables.deleteRowTitle")}
      description={t("tables.deleteRowText")}
      confirmLabel={t("common.delete")}
      danger
      busy={deletion.isPending}
      onConfirm={() => deletion.mutate(row, { onSettled: onClose })}
    />
  );
}
