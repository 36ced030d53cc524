// /app/tables

import { TablesView } from "@/features/tables";

export function TablesPage() {
  return <TablesView />;
}
