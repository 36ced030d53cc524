// /app/templates

import { getRouteApi } from "@tanstack/react-router";
import { TemplatesView } from "@/features/templates";

const route = getRouteApi("/shell/templates");

export function TemplatesPage() {
  const navigate = route.useNavigate();
  return (
    <TemplatesView
      search={route.useSearch()}
      onSearch={(search) => void navigate({ search, replace: true })}
    />
  );
}
