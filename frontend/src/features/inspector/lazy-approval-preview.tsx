// The preview of an approval's card, loaded when such a node is opened.

import { lazy, Suspense } from "react";
import { Skeleton } from "@/ui/skeleton";

const Loaded = lazy(() =>
  import("./approval-preview").then((module) => ({ default: module.ApprovalPreview })),
);

export function ApprovalPreview() {
  return (
    <Suspense fallback={<Skeleton className="mt-5 h-48 w-full" />}>
      <Loaded />
    </Suspense>
  );
}
