// /app/executions

import { getRouteApi } from "@tanstack/react-router";
import { ExecutionsView } from "@/features/executions-list";
import { Page } from "@/features/shell";
import { t } from "@/lib/i18n";

const route = getRouteApi("/shell/executions");

export function ExecutionsPage() {
  const navigate = route.useNavigate();
  return (
    <Page title={t("nav.executions")}>
      <ExecutionsView
        search={route.useSearch()}
        onSearch={(search) => void navigate({ search, replace: true })}
      />
    </Page>
  );
}
