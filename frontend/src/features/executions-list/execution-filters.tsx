// Narrows the list of runs: by words, by status, by what started them and when, by workflow.

import { useInfiniteQuery } from "@tanstack/react-query";
import { workflowsQuery } from "@/api/queries";
import type { ExecutionMode, ExecutionStatus } from "@/api/types";
import { t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { statusLook } from "@/lib/status";
import { FilterFold } from "@/ui/filter-fold";
import { SearchField } from "@/ui/search-field";
import { SelectInput } from "@/ui/select";
import { modeLabel } from "./execution-columns";
import { SPANS } from "./model/since";

export type ExecutionsSearch = {
  readonly status?: string;
  readonly workflow?: string;
  readonly mode?: string;
  /** A run's number, or a part of its workflow's name. */
  readonly q?: string;
  /** How far back: `1h`, `24h`, `7d`, `30d`. */
  readonly since?: string;
  /** At least so many millionths of a dollar. */
  readonly cost?: string;
};

const STATUSES: readonly ExecutionStatus[] = [
  "queued",
  "running",
  "waiting",
  "paused",
  "completed",
  "failed",
  "cancelled",
  "crashed",
];
/** Millionths of a dollar: any at all, a cent, ten, a dollar. */
const COSTS = [1, 10_000, 100_000, 1_000_000] as const;

const MODES: readonly ExecutionMode[] = [
  "manual",
  "webhook",
  "schedule",
  "poll",
  "api",
  "test",
  "child",
  "event",
  "error",
  "test_run",
];

type Props = {
  readonly search: ExecutionsSearch;
  readonly onSearch: (search: ExecutionsSearch) => void;
  /** Within one workflow there is nothing to choose. */
  readonly withWorkflow: boolean;
};

export function ExecutionFilters({ search, onSearch, withWorkflow }: Props) {
  const choose = (name: keyof ExecutionsSearch) => (value: string) => {
    const { [name]: _before, ...rest } = search;
    onSearch(value === "" ? rest : { ...rest, [name]: value });
  };
  return (
    <div className="grid grid-cols-[minmax(10rem,1fr)_9.5rem_10.5rem_10.5rem_9.5rem_12rem] gap-2 max-lg:grid-cols-2 max-sm:grid-cols-[1fr_auto]">
      <SearchField
        label={t("executions.search")}
        value={search.q ?? ""}
        onChange={choose("q")}
        className="sm:max-lg:col-span-2"
      />
      <FilterFold count={narrowedBy(search)}>
        <Choices search={search} choose={choose} withWorkflow={withWorkflow} />
      </FilterFold>
    </div>
  );
}

/** How many filters but the words are set. */
function narrowedBy({ q: _words, ...rest }: ExecutionsSearch): number {
  return Object.values(rest).filter(Boolean).length;
}

type ChoicesProps = {
  readonly search: ExecutionsSearch;
  readonly choose: (name: keyof ExecutionsSearch) => (value: string) => void;
  readonly withWorkflow: boolean;
};

function Choices({ search, choose, withWorkflow }: ChoicesProps) {
  return (
    <>
      <SelectInput
        aria-label={t("executions.status")}
        value={search.status ?? ""}
        onChange={choose("status")}
        options={[
          { value: "", label: t("executions.anyStatus") },
          ...STATUSES.map((value) => ({ value, ...iconAndLabel(value) })),
        ]}
      />
      <SelectInput
        aria-label={t("executions.startedBy")}
        value={search.mode ?? ""}
        onChange={choose("mode")}
        options={[
          { value: "", label: t("executions.anyMode") },
          ...MODES.map((value) => ({ value, label: modeLabel(value) })),
        ]}
      />
      <SelectInput
        aria-label={t("executions.since")}
        value={search.since ?? ""}
        onChange={choose("since")}
        options={[
          { value: "", label: t("executions.anyTime") },
          ...SPANS.map((span) => ({ value: span, label: t(`executions.since.${span}`) })),
        ]}
      />
      <SelectInput
        aria-label={t("executions.cost")}
        value={search.cost ?? ""}
        onChange={choose("cost")}
        options={[
          { value: "", label: t("executions.anyCost") },
          ...COSTS.map((micro) => ({ value: String(micro), label: costLabel(micro) })),
        ]}
      />
      {withWorkflow && (
        <WorkflowFilter value={search.workflow ?? ""} onChange={choose("workflow")} />
      )}
    </>
  );
}

function costLabel(micro: number): string {
  return micro === 1
    ? t("executions.someCost")
    : t("executions.costAbove", { cost: formatMoney(micro) });
}

function iconAndLabel(status: ExecutionStatus) {
  const { icon, label } = statusLook(status);
  return { icon, label };
}

type FilterProps = { readonly value: string; readonly onChange: (value: string) => void };

function WorkflowFilter({ value, onChange }: FilterProps) {
  const { data } = useInfiniteQuery(workflowsQuery());
  const workflows = data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <SelectInput
      aria-label={t("executions.workflow")}
      value={value}
      onChange={onChange}
      options={[
        { value: "", label: t("executions.anyWorkflow") },
        ...workflows.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
