// /app/settings/models

import { ModelsView } from "@/features/models";

export function ModelsPage() {
  return <ModelsView />;
}
