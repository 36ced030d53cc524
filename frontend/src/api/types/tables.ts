// Tables of the tenant.

import type { JsonValue } from "./json";

export type ColumnType = "text" | "number" | "boolean" | "date_time" | "json";

export type TableColumn = {
  readonly key: string;
  readonly name: string;
  readonly type: ColumnType;
};

export type DataTable = {
  readonly id: string;
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly row_count: number;
  readonly created_at: string;
  readonly updated_at: string;
};

/** The cells by the names of their columns, with `id`, `created_at` and `updated_at`. */
export type TableRow = { readonly [name: string]: JsonValue } & { readonly id: string };
