// /app/knowledge/{id}

import { useParams } from "@tanstack/react-router";
import { CollectionView } from "@/features/knowledge";

export function CollectionPage() {
  const { collectionId } = useParams({ from: "/shell/knowledge/$collectionId" });
  return <CollectionView key={collectionId} collectionId={collectionId} />;
}
