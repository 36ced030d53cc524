// /app/w/$workflowId/history

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { workflowQuery } from "@/api/queries";
import { HistoryView } from "@/features/history";
import { Page, TopBarSlot, WorkflowTabs } from "@/features/shell";
import { t } from "@/lib/i18n";

const route = getRouteApi("/shell/w/$workflowId/history");

export function WorkflowHistoryPage() {
  const { workflowId } = route.useParams();
  const { data: workflow } = useQuery(workflowQuery(workflowId));
  const navigate = route.useNavigate();
  return (
    <Page title={t("history.title")} crumb={workflow?.name ?? "…"} intro={t("history.intro")}>
      <TopBarSlot name="tabs">
        <WorkflowTabs workflowId={workflowId} />
      </TopBarSlot>
      <HistoryView
        workflowId={workflowId}
        search={route.useSearch()}
        onSearch={(search) => void navigate({ search, replace: true })}
      />
    </Page>
  );
}
