// What the pages of tables ask of the server.

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import type { DataTable, Page, TableRow } from "@/api/types";

export type RowFilter = {
  /** A column's name, with a minus in front the other way around. */
  readonly sort: string;
  readonly column: string;
  readonly text: string;
};

export const NO_FILTER: RowFilter = { sort: "", column: "", text: "" };

export const tablesQuery = infiniteQueryOptions({
  queryKey: [...keys.tables, "list"],
  queryFn: ({ signal, pageParam }) =>
    api.get<Page<DataTable>>("tables/", { signal, query: { cursor: pageParam } }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
});

export const tableQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.tables, "one", id],
    queryFn: ({ signal }) => api.get<DataTable>(`tables/${id}/`, { signal }),
  });

export const rowsKey = (id: string) => [...keys.tables, "rows", id] as const;

export const rowsQuery = (table: DataTable, filter: RowFilter) =>
  infiniteQueryOptions({
    queryKey: [...rowsKey(table.id), filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<TableRow>>(`tables/${table.id}/rows/`, {
        signal,
        query: { sort: filter.sort, filter: conditionsOf(table, filter), cursor: pageParam },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** Texts are searched; of other columns the cell must be what was typed. */
function conditionsOf(table: DataTable, { column, text }: RowFilter): string {
  const type = table.columns.find(({ name }) => name === column)?.type;
  if (type === undefined || text.trim() === "") return "";
  const op = type === "text" ? "contains" : "equals";
  return JSON.stringify([{ column, op, value: text.trim() }]);
}
