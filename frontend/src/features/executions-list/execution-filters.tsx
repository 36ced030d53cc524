// Narrows the list of runs: by words, by status, by what started them and when, by workflow.

import { useInfiniteQuery } from "@tanstack/react-query";
import { workflowsQuery } from "@/api/queries";
import type { ExecutionMode, ExecutionStatus } from "@/api/types";
import { t } from "@/lib/i18n";
import { statusLook } from "@/lib/status";
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
const MODES: readonly ExecutionMode[] = [
  "manual",
  "webhook",
  "schedule",
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
    <div className="grid grid-cols-[minmax(12rem,1fr)_10rem_11rem_11rem_14rem] gap-2 max-lg:grid-cols-2">
      <SearchField
        label={t("executions.search")}
        value={search.q ?? ""}
        onChange={choose("q")}
        className="max-lg:col-span-2"
      />
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
      {withWorkflow && (
        <WorkflowFilter value={search.workflow ?? ""} onChange={choose("workflow")} />
      )}
    </div>
  );
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
