// /app/knowledge/labels

import { LabelsView } from "@/features/knowledge";

export function LabelsPage() {
  return <LabelsView />;
}
