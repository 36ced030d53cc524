// /app/

import { HomeView } from "@/features/home";

export function HomePage() {
  return <HomeView />;
}
