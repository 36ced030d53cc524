// /app/workflows

import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { type WorkflowsSearch, WorkflowsView } from "@/features/workflows";

const route = getRouteApi("/shell/workflows");

export function WorkflowsPage() {
  const navigate = route.useNavigate();
  const setSearch = useCallback(
    (search: WorkflowsSearch) => void navigate({ search, replace: true }),
    [navigate],
  );
  return <WorkflowsView search={route.useSearch()} onSearch={setSearch} />;
}
