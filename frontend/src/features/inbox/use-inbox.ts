// The open approvals, kept current by the socket's `inbox` channel.

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/api/client";
import { pageSocket } from "@/api/page-socket";
import { type ApprovalListState, approvalsQuery, keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Approval, Page } from "@/api/types";
import { useCan } from "@/features/auth";

const CHANNEL = "inbox";
const COUNT_KEY = [...keys.approvals, "count"] as const;
/** The badge is asked for again where the socket does not come through. */
const FALLBACK_MS = 60_000;

export function useApprovals(state: ApprovalListState) {
  useLiveInbox();
  return useInfiniteQuery(approvalsQuery(state));
}

/** How many wait, for the badge; 0 for those who may not look. */
export function useOpenApprovals(): number {
  const mayView = useCan("approval.view");
  useLiveInbox(mayView);
  const { data } = useQuery({
    queryKey: COUNT_KEY,
    queryFn: async ({ signal }) => {
      const query = { state: "open", limit: 100 };
      const page = await api.get<Page<Approval>>("approvals/", { signal, query });
      return page.results.filter((approval) => approval.can_decide).length;
    },
    enabled: mayView,
    refetchInterval: FALLBACK_MS,
    meta: { quiet: true },
  });
  return data ?? 0;
}

/** The channel tells how many wait, and which ones change: then the lists are asked for again. */
function useLiveInbox(isWanted = true): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!isWanted) return;
    return pageSocket.subscribe(CHANNEL, {
      onFrame: ({ counts, events }) => {
        if (counts?.approvals !== undefined) client.setQueryData(COUNT_KEY, counts.approvals);
        if (events) void refresh(client, [...keys.approvals, "list"]);
      },
    });
  }, [client, isWanted]);
}
