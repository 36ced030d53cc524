// The page of all workflows: folders, search, filter, create, import; as list or cards.

import "@/lib/messages/pages";
import "@/lib/messages/organising";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FileUp, FolderPlus, LayoutTemplate, Plus, SearchX, Workflow } from "lucide-react";
import { type ReactNode, useState } from "react";
import { workflowsQuery } from "@/api/queries";
import { useCan } from "@/features/auth";
import { Page } from "@/features/shell";
import { useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { Button, buttonClass } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { Icon } from "@/ui/icon";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { BulkBar } from "./bulk-bar";
import { FolderDialog } from "./folder-dialog";
import { FolderPath, FolderTiles } from "./folder-tiles";
import { ImportDialog } from "./import-dialog";
import { useFolders } from "./use-organising";
import { useCreateWorkflow } from "./use-workflow-commands";
import { WorkflowFilters, type WorkflowsSearch } from "./workflow-filters";
import { WorkflowGrid } from "./workflow-grid";
import { WorkflowTable } from "./workflow-table";

type Props = {
  readonly search: WorkflowsSearch;
  readonly onSearch: (search: WorkflowsSearch) => void;
};

export function WorkflowsView({ search, onSearch }: Props) {
  const [asking, setAsking] = useState<"import" | "folder" | null>(null);
  const create = useCreateWorkflow();
  const mayEdit = useCan("workflow.edit");
  const folder = search.folder ?? null;
  const createEmpty = () => create.mutate({ name: t("workflows.newName"), folder });
  const close = () => setAsking(null);
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
            <Link to="/templates" search={{}} className={buttonClass()}>
              <Icon icon={LayoutTemplate} />
              {t("organise.templates")}
            </Link>
            <Button icon={FolderPlus} onClick={() => setAsking("folder")}>
              {t("organise.newFolder")}
            </Button>
            <Button icon={FileUp} onClick={() => setAsking("import")}>
              {t("workflows.import")}
            </Button>
            {createButton}
          </>
        )
      }
    >
      <FolderPath open={search.folder} />
      <WorkflowFilters search={search} onSearch={onSearch} />
      <Found search={search} onSearch={onSearch} empty={mayEdit ? createButton : null} />
      {asking === "import" && <ImportDialog folder={folder} onClose={close} />}
      {asking === "folder" && <FolderDialog folder={null} parent={folder} onClose={close} />}
    </Page>
  );
}

type FoundProps = Props & { readonly empty: ReactNode };

function Found({ search, onSearch, empty }: FoundProps) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const { view, folder, ...narrowing } = search;
  const { sort: _sort, ...filters } = narrowing;
  const isFiltered = Object.keys(filters).length > 0;
  const hasFolders = useFolders().length > 0;
  // At the top without a filter only what lies in no folder is shown; a search looks everywhere.
  const place = folder ?? (hasFolders && !isFiltered ? "none" : undefined);
  const query = useInfiniteQuery(workflowsQuery({ ...narrowing, folder: place }));
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const chosen = rows.filter(({ id }) => ticked.has(id));
  return (
    <>
      {!isFiltered && <FolderTiles open={folder} />}
      {isFiltered && folder && (
        <p className="flex flex-wrap items-center gap-2 text-fg-muted">
          {t("organise.hereOnly")}
          <Button
            size="small"
            onClick={() => onSearch({ ...narrowing, ...(view ? { view } : {}) })}
          >
            {t("organise.everywhere")}
          </Button>
        </p>
      )}
      <BulkBar rows={chosen} onClear={() => setTicked(new Set())} />
      <QueryState query={query}>
        {rows.length === 0 && <Nothing isFiltered={isFiltered} empty={empty} />}
        {rows.length > 0 &&
          (view === "grid" ? (
            <WorkflowGrid rows={rows} />
          ) : (
            <WorkflowTable rows={rows} ticked={ticked} onTick={setTicked} />
          ))}
        <LoadMore query={query} />
      </QueryState>
    </>
  );
}

type NothingProps = { readonly isFiltered: boolean; readonly empty: ReactNode };

function Nothing({ isFiltered, empty }: NothingProps) {
  if (isFiltered) return <EmptyState icon={SearchX} title={t("workflows.nothingFound")} />;
  return (
    <EmptyState icon={Workflow} title={t("workflows.empty")} action={empty}>
      {t("workflows.emptyText")}
    </EmptyState>
  );
}
