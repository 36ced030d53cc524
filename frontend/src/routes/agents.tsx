// /app/agents

import { AgentsView } from "@/features/agents";

export function AgentsPage() {
  return <AgentsView />;
}
