// How the automations are doing over a day, a week or a month, and what needs somebody.

import "@/lib/messages/home";
import "@/lib/messages/pages";
import "@/lib/messages/people";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { History, Plus } from "lucide-react";
import { dashboardQuery } from "@/api/dashboard-query";
import { approvalsQuery, executionsQuery } from "@/api/queries";
import type { Dashboard, Period } from "@/api/types";
import { useCan } from "@/features/auth";
import { SHORT_COLUMNS } from "@/features/executions-list";
import { Page } from "@/features/shell";
import { useCreateWorkflow } from "@/features/workflows";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { QueryState } from "@/ui/query-state";
import { Segmented } from "@/ui/segmented";
import { Table } from "@/ui/table";
import { Figures } from "./figures";
import { NeedsAttention } from "./needs-attention";
import { RunsCard } from "./runs-chart";
import { Slowest } from "./slowest";
import { SpendCard } from "./spend-card";
import { TopErrors } from "./top-errors";

const PERIODS: readonly Period[] = ["24h", "7d", "30d"];
const RECENT = 8;
const REFRESH_MS = 10_000;

type Props = { readonly period: string | undefined; readonly onPeriod: (next: Period) => void };

export function HomeView({ period: asked, onPeriod }: Props) {
  const period = PERIODS.find((one) => one === asked) ?? "24h";
  const query = useQuery(dashboardQuery(period));
  return (
    <Page
      title={t("home.title")}
      crumb={t("nav.home")}
      actions={
        <>
          <Segmented
            label={t("home.period")}
            value={period}
            onChange={onPeriod}
            segments={PERIODS.map((value) => ({ value, label: t(`home.period.${value}`) }))}
          />
          <CreateButton />
        </>
      }
    >
      <QueryState query={query} rows={12}>
        {query.data && <Board dashboard={query.data} />}
      </QueryState>
    </Page>
  );
}

function Board({ dashboard }: { readonly dashboard: Dashboard }) {
  const runs = useInfiniteQuery({
    ...executionsQuery({ limit: RECENT }),
    refetchInterval: REFRESH_MS,
  });
  const mayDecide = useCan("approval.view");
  const waiting = useInfiniteQuery({ ...approvalsQuery("open"), enabled: mayDecide });
  const rows = runs.data?.pages[0]?.results ?? [];
  if (runs.data && rows.length === 0) {
    return (
      <Card>
        <EmptyState icon={History} title={t("executions.empty")} action={<CreateButton />}>
          {t("executions.emptyText")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <Figures dashboard={dashboard} />
      <NeedsAttention
        failing={dashboard.failing}
        approvals={waiting.data?.pages.flatMap((page) => page.results) ?? []}
      />
      <div className="grid grid-cols-[2fr_1fr] gap-3 max-lg:grid-cols-1">
        <RunsCard parts={dashboard.parts} period={dashboard.period} />
        <Slowest rows={dashboard.slowest} />
      </div>
      <SpendCard period={dashboard.period} />
      <TopErrors rows={dashboard.errors} />
      <Card title={t("home.recentRuns")} aside={<AllRuns />} className="overflow-hidden">
        <Table
          label={t("home.recentRuns")}
          columns={SHORT_COLUMNS}
          rows={rows}
          rowKey={(row) => row.id}
        />
      </Card>
    </>
  );
}

function CreateButton() {
  const mayEdit = useCan("workflow.edit");
  const create = useCreateWorkflow();
  if (!mayEdit) return null;
  return (
    <Button
      variant="primary"
      icon={Plus}
      busy={create.isPending}
      onClick={() => create.mutate({ name: t("workflows.newName") })}
    >
      {t("workflows.create")}
    </Button>
  );
}

function AllRuns() {
  return (
    <Link to="/executions" className="rounded-small font-medium text-accent hover:underline">
      {t("home.allRuns")}
    </Link>
  );
}
