// How server data is kept: when it is asked again, and what happens when a request fails.

import { MutationCache, QueryClient } from "@tanstack/react-query";
import { isProblem, messageOf, OfflineError } from "@/api/problem";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";

const STALE_MS = 10_000;
const MAX_RETRIES = 2;

declare module "@tanstack/react-query" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be merged.
  interface Register {
    mutationMeta: {
      /** The form shows its own errors: no notice. */
      readonly quiet?: boolean;
    };
  }
}

/** Asking again helps when the server was out of reach or out of order, not when it refused. */
function mayRetry(failures: number, error: Error): boolean {
  const passing = error instanceof OfflineError || (isProblem(error) && error.status >= 500);
  return passing && failures < MAX_RETRIES;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: STALE_MS, retry: mayRetry, throwOnError: false },
      // Else a change made offline would wait without a word, behind a button that spins.
      mutations: { retry: false, networkMode: "always" },
    },
    mutationCache: new MutationCache({
      onError: (error, _given, _result, mutation) => {
        if (mutation.meta?.quiet || isProblem(error, 401)) return;
        toast(t("errors.title"), { kind: "error", description: messageOf(error) });
      },
    }),
  });
}
