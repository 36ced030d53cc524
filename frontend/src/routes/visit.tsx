// /app/visit: on to a hosted page, known as who one is signed in as.

import { getRouteApi } from "@tanstack/react-router";
import { VisitScreen } from "@/features/auth";

const route = getRouteApi("/visit");
const goTo = (url: string) => window.location.replace(url);

export function VisitPage() {
  const { at = "" } = route.useSearch();
  return <VisitScreen at={at} goTo={goTo} />;
}
