// /app/settings/audit

import { getRouteApi } from "@tanstack/react-router";
import { AuditView } from "@/features/settings";

const route = getRouteApi("/shell/settings/audit");

export function AuditPage() {
  const navigate = route.useNavigate();
  return (
    <AuditView
      search={route.useSearch()}
      onSearch={(search) => void navigate({ search, replace: true })}
    />
  );
}
