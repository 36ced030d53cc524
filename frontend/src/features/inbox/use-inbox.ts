// The open approvals, kept current by the socket's `inbox` channel; and deciding them.

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/api/client";
import { pageSocket } from "@/api/page-socket";
import { isProblem, messageOf } from "@/api/problem";
import { type ApprovalListState, approvalsQuery, keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Approval, Page } from "@/api/types";
import { useCan } from "@/features/auth";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import type { Answer } from "./model/swipe";

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

export type Decision = { readonly answer: Answer; readonly reason: string };

export function useDecide(approval: Approval, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ answer, reason }: Decision) =>
      api.post<void>(
        `approvals/${approval.id}/${answer}/`,
        reason.trim() === "" ? {} : { reason: reason.trim() },
      ),
    meta: { quiet: true },
    onSuccess: (_, { answer }) => {
      toast(t(answer === "approve" ? "inbox.approved" : "inbox.rejected"), {
        description: approval.title,
        kind: "success",
      });
      onDone();
    },
    onError: (error) => {
      const isLate = isProblem(error, 409);
      toast(t(isLate ? "inbox.tooLate" : "inbox.failed"), {
        kind: "error",
        description: messageOf(error),
        key: "inbox",
      });
      if (isLate) onDone();
    },
    onSettled: () => refresh(client, keys.approvals),
  });
}
