// /app/w/$workflowId/executions

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { workflowQuery } from "@/api/queries";
import { ExecutionsView } from "@/features/executions-list";
import { Page, TopBarSlot, WorkflowTabs } from "@/features/shell";
import { t } from "@/lib/i18n";

const route = getRouteApi("/shell/w/$workflowId/executions");

export function WorkflowExecutionsPage() {
  const { workflowId } = route.useParams();
  const navigate = route.useNavigate();
  const { data: workflow } = useQuery(workflowQuery(workflowId));
  return (
    <Page title={t("nav.executions")} crumb={workflow?.name ?? "…"}>
      <TopBarSlot name="tabs">
        <WorkflowTabs workflowId={workflowId} />
      </TopBarSlot>
      <ExecutionsView
        workflowId={workflowId}
        search={route.useSearch()}
        onSearch={(search) => void navigate({ search, replace: true })}
      />
    </Page>
  );
}
