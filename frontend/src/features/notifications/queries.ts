// What the bell asks of the server.

import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";

export const NOTIFICATIONS = ["notifications"] as const;
/** Besides, it is asked whenever somebody comes back to the page. */
const EVERY_MS = 60_000;

export const unreadQuery = queryOptions({
  queryKey: [...NOTIFICATIONS, "unread"],
  queryFn: async ({ signal }) =>
    (await api.get<{ readonly count: number }>("notifications/unread/", { signal })).count,
  refetchInterval: EVERY_MS,
  refetchOnWindowFocus: "always",
  meta: { quiet: true },
});
