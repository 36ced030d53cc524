// /app/knowledge

import { CollectionsView } from "@/features/knowledge";

export function KnowledgePage() {
  return <CollectionsView />;
}
