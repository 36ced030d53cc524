// How the automations are doing: figures, runs of the last day, what needs somebody, recent runs.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { History, Plus } from "lucide-react";
import { executionsQuery, workflowsQuery } from "@/api/queries";
import { useCan } from "@/features/auth";
import { SHORT_COLUMNS } from "@/features/executions-list";
import { Page } from "@/features/shell";
import { useCreateWorkflow } from "@/features/workflows";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { QueryState } from "@/ui/query-state";
import { Table } from "@/ui/table";
import { Figures } from "./figures";
import { summarize, troubles } from "./model/summary";
import { NeedsAttention } from "./needs-attention";
import { RunsCard } from "./runs-chart";

const COUNTED = 200;
const RECENT = 8;
const REFRESH_MS = 10_000;

export function HomeView() {
  const runs = useInfiniteQuery({
    ...executionsQuery({ limit: COUNTED }),
    refetchInterval: REFRESH_MS,
  });
  const active = useInfiniteQuery(workflowsQuery({ active: true }));
  const mayEdit = useCan("workflow.edit");
  const create = useCreateWorkflow();
  const page = runs.data?.pages[0];
  const rows = page?.results ?? [];
  const activePage = active.data?.pages[0];
  const createButton = mayEdit && (
    <Button
      variant="primary"
      icon={Plus}
      busy={create.isPending}
      onClick={() => create.mutate({ name: t("workflows.newName") })}
    >
      {t("workflows.create")}
    </Button>
  );
  return (
    <Page title={t("home.title")} crumb={t("nav.home")} actions={createButton}>
      <QueryState query={runs} rows={12}>
        <Figures
          summary={summarize(rows, runs.dataUpdatedAt)}
          isCapped={Boolean(page?.next)}
          activeWorkflows={
            activePage ? `${activePage.results.length}${activePage.next ? "+" : ""}` : "…"
          }
        />
        {rows.length === 0 ? (
          <Card>
            <EmptyState icon={History} title={t("executions.empty")} action={createButton}>
              {t("executions.emptyText")}
            </EmptyState>
          </Card>
        ) : (
          <>
            <NeedsAttention troubles={troubles(rows)} />
            <RunsCard hours={summarize(rows, runs.dataUpdatedAt).hours} />
            <Card title={t("home.recentRuns")} aside={<AllRuns />} className="overflow-hidden">
              <Table
                label={t("home.recentRuns")}
                columns={SHORT_COLUMNS}
                rows={rows.slice(0, RECENT)}
                rowKey={(row) => row.id}
              />
            </Card>
          </>
        )}
      </QueryState>
    </Page>
  );
}

function AllRuns() {
  return (
    <Link to="/executions" className="rounded-small font-medium text-accent hover:underline">
      {t("home.allRuns")}
    </Link>
  );
}
