// One answer to several approvals: they leave at once, can be taken back together, and each that
// could not be decided is told by itself.

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { create } from "zustand";
import { api } from "@/api/client";
import { messageOf, OfflineError } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Approval, BulkResult } from "@/api/types";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { holdBackAll } from "./hold-back";
import { type Decision, forget } from "./pending";
import { keep } from "./unsent";

export type BulkFault = { readonly id: string; readonly title: string; readonly detail: string };

/** What of the last answer to several could not be decided. */
export const useBulkFaults = create<readonly BulkFault[]>(() => []);

export function useBulk() {
  const client = useQueryClient();
  return (approvals: readonly Approval[], decision: Decision) => {
    const count = approvals.length;
    const isApproval = decision.answer === "approve";
    const words = t(isApproval ? "inbox.approvedSome" : "inbox.rejectedSome", { count });
    useBulkFaults.setState([], true);
    holdBackAll(approvals, words, (isLeaving) => void send(client, approvals, decision, isLeaving));
  };
}

async function send(
  client: QueryClient,
  approvals: readonly Approval[],
  decision: Decision,
  isLeaving: boolean,
): Promise<void> {
  const keepAll = () => {
    for (const { id, title } of approvals) keep({ ...decision, id, title });
  };
  // A page that goes away learns no more whether somebody was reached.
  if (isLeaving && !navigator.onLine) return keepAll();
  const body = {
    approvals: approvals.map(({ id }) => id),
    decision: decision.answer === "approve" ? "approved" : "rejected",
    reason: decision.reason.trim(),
  };
  try {
    const answer = await api.post<{ readonly results: readonly BulkResult[] }>(
      "approvals/decide/",
      body,
      { keepalive: isLeaving },
    );
    useBulkFaults.setState(faultsOf(approvals, answer.results), true);
  } catch (error) {
    if (error instanceof OfflineError) {
      keepAll();
      return forget();
    }
    toast(t("inbox.failed"), { kind: "error", description: messageOf(error), key: "inbox" });
  }
  await refresh(client, keys.approvals);
  forget();
}

function faultsOf(
  approvals: readonly Approval[],
  results: readonly BulkResult[],
): readonly BulkFault[] {
  const titles = new Map(approvals.map(({ id, title }) => [id, title]));
  return results.flatMap(({ approval, error }) =>
    error ? [{ id: approval, title: titles.get(approval) ?? "", detail: error.detail }] : [],
  );
}
