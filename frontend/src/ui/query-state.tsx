// Stands for a request's answer until it is there: placeholders, or what went wrong.

import type { ReactNode } from "react";
import { ErrorState } from "./error-state";
import { SkeletonRows } from "./skeleton";

type Props = {
  readonly query: {
    readonly isPending: boolean;
    readonly error: (Error & { readonly requestId?: string | null }) | null;
    readonly data: unknown;
    readonly refetch: () => unknown;
  };
  readonly rows?: number;
  readonly children: ReactNode;
};

export function QueryState({ query, rows, children }: Props) {
  if (query.isPending) return <SkeletonRows rows={rows ?? 6} />;
  if (query.error && query.data === undefined) {
    return (
      <ErrorState
        message={query.error.message}
        requestId={query.error.requestId ?? null}
        onRetry={() => query.refetch()}
      />
    );
  }
  return children;
}
