// A list of kept texts: its rows, or why there are none.

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { Page } from "@/api/types";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { type Column, Table } from "@/ui/table";

type Kept = { readonly id: string };

export type KeptQuery<Row> = UseInfiniteQueryResult<InfiniteData<Page<Row>>>;

type Props<Row> = {
  readonly query: KeptQuery<Row>;
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Something was looked for: that nothing is there means less. */
  readonly isNarrowed: boolean;
  readonly empty: {
    readonly icon: LucideIcon;
    readonly title: string;
    readonly text: string;
    readonly action?: ReactNode;
  };
};

export function KeptList<Row extends Kept>(props: Props<Row>) {
  const { query, label, columns, isNarrowed, empty } = props;
  const rows = rowsOf(query);
  if (query.data && rows.length === 0) {
    return isNarrowed ? (
      <EmptyState icon={empty.icon} title={t("remembered.noneFound")}>
        {t("remembered.noneFoundText")}
      </EmptyState>
    ) : (
      <EmptyState icon={empty.icon} title={empty.title} action={empty.action}>
        {empty.text}
      </EmptyState>
    );
  }
  return (
    <QueryState query={query}>
      <Card className="overflow-hidden">
        <Table label={label} columns={columns} rows={rows} rowKey={(row) => row.id} />
      </Card>
      <LoadMore query={query} />
    </QueryState>
  );
}

/** All rows that were read so far. */
export function rowsOf<Row>(query: KeptQuery<Row>): readonly Row[] {
  return query.data?.pages.flatMap((page) => page.results) ?? [];
}
