// /app/settings/variables

import { VariablesView } from "@/features/variables";

export function VariablesPage() {
  return <VariablesView />;
}
