// A table of records: sticky header, one line per record; on a phone each record is a card.

import type { ReactNode } from "react";
import { cx } from "@/lib/cx";

export type Column<Row> = {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Classes of header and cells: width, wrapping. */
  readonly className?: string;
  /** Figures and buttons stand at the end of their column. */
  readonly align?: "start" | "end";
  /** The header is for assistive software only: a column of buttons. */
  readonly hideHeader?: boolean;
  /** A value that says nothing without its header, which a card has not. */
  readonly named?: boolean;
  /** Left out where the screen is narrow. */
  readonly wideOnly?: boolean;
};

type Props<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
};

export function Table<Row>({ label, columns, rows, rowKey }: Props<Row>) {
  return (
    <table aria-label={label} className="w-full border-collapse text-start">
      <thead className="max-sm:sr-only">
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={headerClass(column)}>
              {column.hideHeader ? <span className="sr-only">{column.header}</span> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:flex max-sm:flex-col">
        {rows.map((row) => (
          <tr key={rowKey(row)} className={ROW}>
            {columns.map((column) => (
              <td key={column.id} className={cellClass(column)}>
                {column.named && (
                  <span aria-hidden="true" className="me-1.5 text-fg-subtle sm:hidden">
                    {column.header}
                  </span>
                )}
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const ROW =
  "border-b border-line last:border-b-0 hover:bg-hover max-sm:relative max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-1 max-sm:px-4 max-sm:py-3";

function headerClass<Row>(column: Column<Row>): string {
  return cx(
    "h-9 border-b border-line px-3 text-xs font-medium whitespace-nowrap text-fg-subtle first:ps-4 last:pe-4",
    column.align === "end" ? "text-end" : "text-start",
    column.wideOnly && "max-lg:hidden",
    column.className,
  );
}

function cellClass<Row>(column: Column<Row>): string {
  return cx(
    "h-row px-3 py-1 first:ps-4 last:pe-4 max-sm:h-auto max-sm:p-0 max-sm:first:ps-0 max-sm:last:pe-0 max-sm:first:w-full",
    column.align === "end" && "text-end tabular-nums",
    column.wideOnly && "max-lg:hidden",
    column.className,
  );
}
