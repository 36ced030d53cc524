// Asking again after something was changed.

import type { QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Asks again for everything under a key. A request that is under way is dropped first: it may
 * have been answered before the change, and the library would take its answer for the new one.
 */
export async function refresh(client: QueryClient, queryKey: QueryKey): Promise<void> {
  await client.cancelQueries({ queryKey });
  await client.invalidateQueries({ queryKey });
}
