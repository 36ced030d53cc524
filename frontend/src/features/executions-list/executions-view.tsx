// Runs, newest first, as they begin and end.

import "@/lib/messages/pages";
import { useInfiniteQuery } from "@tanstack/react-query";
import { History, SearchX } from "lucide-react";
import { useMemo, useState } from "react";
import { useLiveList } from "@/api/live-list";
import { executionsQuery, keys } from "@/api/queries";
import type { PricedRow } from "@/api/types";
import { useCan } from "@/features/auth";
import { SavedViews } from "@/features/saved-views";
import { useDebounced } from "@/lib/debounce";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";
import { Checkbox } from "@/ui/checkbox";
import { EmptyState } from "@/ui/empty-state";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { type Column, Table } from "@/ui/table";
import { BulkBar } from "./bulk-bar";
import { COLUMNS_OF_ONE_WORKFLOW, EXECUTION_COLUMNS } from "./execution-columns";
import { ExecutionFilters, type ExecutionsSearch } from "./execution-filters";
import { momentBefore } from "./model/since";

const LIST = [...keys.executions, "list"];

type Props = {
  /** Only this workflow's runs. */
  readonly workflowId?: string;
  readonly search: ExecutionsSearch;
  readonly onSearch: (search: ExecutionsSearch) => void;
};

export function ExecutionsView({ workflowId, search, onSearch }: Props) {
  const workflow = workflowId ?? search.workflow;
  // Found once: a moment that moved on with each second would be another list each time.
  const since = useMemo(() => momentBefore(search.since, Date.now()), [search.since]);
  const q = useDebounced(search.q);
  const query = useInfiniteQuery({
    ...executionsQuery({
      status: search.status,
      mode: search.mode,
      workflow,
      q,
      since,
      cost: search.cost,
    }),
    refetchInterval: useLiveList("runs", LIST),
  });
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const mayAct = useCan("execution.cancel");
  const columns = workflowId === undefined ? EXECUTION_COLUMNS : COLUMNS_OF_ONE_WORKFLOW;
  const isFiltered = Object.values(search).some(Boolean);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-start gap-2 max-sm:flex-col">
        <div className="min-w-0 flex-1">
          <ExecutionFilters
            search={search}
            onSearch={onSearch}
            withWorkflow={workflowId === undefined}
          />
        </div>
        <SavedViews list="runs" search={search} onApply={onSearch} />
      </div>
      <BulkBar
        chosen={chosen}
        search={search}
        workflow={workflow}
        onClear={() => setChosen(new Set())}
      />
      <QueryState query={query} rows={10}>
        {rows.length === 0 ? (
          <NoRuns isFiltered={isFiltered} />
        ) : (
          <Card className="overflow-hidden">
            <Table
              label={t("nav.executions")}
              columns={mayAct ? [tickColumn(chosen, setChosen), ...columns] : columns}
              rows={rows}
              rowKey={(row) => row.id}
            />
          </Card>
        )}
        <LoadMore query={query} />
      </QueryState>
    </div>
  );
}

/** Ticks runs for a command; on a phone one runs them one by one. */
function tickColumn(
  chosen: ReadonlySet<string>,
  onChange: (chosen: ReadonlySet<string>) => void,
): Column<PricedRow> {
  return {
    id: "tick",
    header: t("executions.bulk.column"),
    hideHeader: true,
    className: "w-10 max-sm:hidden",
    cell: ({ id, number }) => (
      <Checkbox
        label={t("executions.bulk.choose", { number })}
        hideLabel
        checked={chosen.has(id)}
        onChange={(isChosen) => {
          const next = new Set(chosen);
          if (isChosen) next.add(id);
          else next.delete(id);
          onChange(next);
        }}
      />
    ),
  };
}

function NoRuns({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) return <EmptyState icon={SearchX} title={t("executions.nothingFound")} />;
  return (
    <EmptyState icon={History} title={t("executions.empty")}>
      {t("executions.emptyText")}
    </EmptyState>
  );
}
