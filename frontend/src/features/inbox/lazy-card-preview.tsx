// The card of a question that is not asked yet, loaded when its author looks at it.

import { type ComponentProps, lazy, Suspense } from "react";
import { Skeleton } from "@/ui/skeleton";

const Loaded = lazy(() =>
  import("./card-preview").then((module) => ({ default: module.CardPreview })),
);

export function CardPreview(props: ComponentProps<typeof Loaded>) {
  return (
    <Suspense fallback={<Skeleton className="h-48 w-full" />}>
      <Loaded {...props} />
    </Suspense>
  );
}
