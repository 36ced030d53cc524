// Writing rows by hand; the pages that show them follow.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { DataTable, JsonValue, TableRow } from "@/api/types";

/** A new row with empty cells, at the end. */
export function useAddRow(table: DataTable) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(`tables/${table.id}/rows/`, { rows: [{}] }),
    onSuccess: () => refresh(client, keys.tables),
  });
}

export type CellChange = {
  readonly row: TableRow;
  readonly column: string;
  readonly value: JsonValue;
};

export function useChangeCell(table: DataTable) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ row, column, value }: CellChange) =>
      api.patch(`tables/${table.id}/rows/${row.id}/`, { values: { [column]: value } }),
    onSuccess: () => refresh(client, keys.tables),
  });
}

export function useDeleteRow(table: DataTable) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (row: TableRow) => api.delete(`tables/${table.id}/rows/${row.id}/`),
    onSuccess: () => refresh(client, keys.tables),
  });
}
