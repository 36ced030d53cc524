// The inspector, loaded when the first node is opened.

import { type ComponentProps, lazy, Suspense } from "react";
import { SkeletonRows } from "@/ui/skeleton";

const Loaded = lazy(() => import("./inspector").then((module) => ({ default: module.Inspector })));

export function Inspector(props: ComponentProps<typeof Loaded>) {
  return (
    <Suspense fallback={<SkeletonRows />}>
      <Loaded {...props} />
    </Suspense>
  );
}
