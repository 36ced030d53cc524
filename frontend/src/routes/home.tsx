// /app/

import { getRouteApi } from "@tanstack/react-router";
import { HomeView } from "@/features/home";

const route = getRouteApi("/shell/");

export function HomePage() {
  const navigate = route.useNavigate();
  const { period } = route.useSearch();
  return (
    <HomeView
      period={period}
      onPeriod={(next) => void navigate({ search: { period: next }, replace: true })}
    />
  );
}
