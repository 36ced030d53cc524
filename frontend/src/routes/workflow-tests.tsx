// /app/w/$workflowId/tests

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { workflowQuery } from "@/api/queries";
import { Page, TopBarSlot, WorkflowTabs } from "@/features/shell";
import { TestsView } from "@/features/workflow-tests";
import { t } from "@/lib/i18n";

const route = getRouteApi("/shell/w/$workflowId/tests");

export function WorkflowTestsPage() {
  const { workflowId } = route.useParams();
  const { data: workflow } = useQuery(workflowQuery(workflowId));
  return (
    <Page title={t("tests.title")} crumb={workflow?.name ?? "…"} intro={t("tests.intro")}>
      <TopBarSlot name="tabs">
        <WorkflowTabs workflowId={workflowId} />
      </TopBarSlot>
      <TestsView workflowId={workflowId} />
    </Page>
  );
}
