// The page of all workflows: search, filter, create, import; as list or cards.

import { useInfiniteQuery } from "@tanstack/react-query";
import { FileUp, LayoutGrid, List, Plus, SearchX, Workflow } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { workflowsQuery } from "@/api/queries";
import { useCan } from "@/features/auth";
import { Page } from "@/features/shell";
import { useActions } from "@/lib/actions";
import { useDebounced } from "@/lib/debounce";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { SearchField } from "@/ui/search-field";
import { Segmented } from "@/ui/segmented";
import { ImportDialog } from "./import-dialog";
import { useCreateWorkflow } from "./use-workflow-commands";
import { WorkflowGrid } from "./workflow-grid";
import { WorkflowTable } from "./workflow-table";

export type WorkflowsSearch = {
  readonly q?: string;
  readonly active?: string;
  readonly view?: string;
};

type Props = {
  readonly search: WorkflowsSearch;
  readonly onSearch: (search: WorkflowsSearch) => void;
};

export function WorkflowsView({ search, onSearch }: Props) {
  const [importing, setImporting] = useState(false);
  const create = useCreateWorkflow();
  const mayEdit = useCan("workflow.edit");
  const createEmpty = () => create.mutate({ name: t("workflows.newName") });
  useActions([
    {
      id: "workflows.create",
      label: t("workflows.create"),
      group: t("nav.workflows"),
      scope: "page",
      icon: Plus,
      keys: ["n"],
      when: () => mayEdit,
      run: createEmpty,
    },
  ]);
  const createButton = (
    <Button variant="primary" icon={Plus} busy={create.isPending} onClick={createEmpty}>
      {t("workflows.create")}
    </Button>
  );
  return (
    <Page
      title={t("nav.workflows")}
      actions={
        mayEdit && (
          <>
            <Button icon={FileUp} onClick={() => setImporting(true)}>
              {t("workflows.import")}
            </Button>
            {createButton}
          </>
        )
      }
    >
      <Filters search={search} onSearch={onSearch} />
      <Found search={search} empty={mayEdit ? createButton : null} />
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </Page>
  );
}

function Filters({ search, onSearch }: Props) {
  const [text, setText] = useState(search.q ?? "");
  const settled = useDebounced(text.trim());
  const show = useEffectEvent((q: string) => {
    const { q: _before, ...rest } = search;
    onSearch(q === "" ? rest : { ...rest, q });
  });
  useEffect(() => show(settled), [settled]);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <SearchField
        label={t("workflows.search")}
        value={text}
        onChange={setText}
        className="w-72 max-sm:w-full"
      />
      <Segmented
        label={t("workflows.state")}
        value={search.active ?? "all"}
        onChange={(active) => {
          const { active: _before, ...rest } = search;
          onSearch(active === "all" ? rest : { ...rest, active });
        }}
        segments={[
          { value: "all", label: t("workflows.all") },
          { value: "true", label: t("workflows.active") },
          { value: "false", label: t("workflows.draft") },
        ]}
      />
      <div className="flex-1" />
      <Segmented
        label={t("workflows.view")}
        value={search.view ?? "list"}
        onChange={(view) => onSearch({ ...search, view })}
        className="max-sm:hidden"
        segments={[
          { value: "list", label: t("workflows.asList"), icon: List, iconOnly: true },
          { value: "grid", label: t("workflows.asGrid"), icon: LayoutGrid, iconOnly: true },
        ]}
      />
    </div>
  );
}

type FoundProps = { readonly search: WorkflowsSearch; readonly empty: ReactNode };

function Found({ search, empty }: FoundProps) {
  const query = useInfiniteQuery(
    workflowsQuery({
      ...(search.q ? { q: search.q } : {}),
      ...(search.active ? { active: search.active === "true" } : {}),
    }),
  );
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const filtered = Boolean(search.q || search.active);
  return (
    <QueryState query={query}>
      {rows.length === 0 && filtered && (
        <EmptyState icon={SearchX} title={t("workflows.nothingFound")} />
      )}
      {rows.length === 0 && !filtered && (
        <EmptyState icon={Workflow} title={t("workflows.empty")} action={empty}>
          {t("workflows.emptyText")}
        </EmptyState>
      )}
      {rows.length > 0 &&
        (search.view === "grid" ? <WorkflowGrid rows={rows} /> : <WorkflowTable rows={rows} />)}
      <LoadMore query={query} />
    </QueryState>
  );
}
