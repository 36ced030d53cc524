// /app/knowledge/memories

import { MemoriesView } from "@/features/knowledge";

export function MemoriesPage() {
  return <MemoriesView />;
}
