// Deciding an approval: the card leaves at once, the decision can be undone for a moment.

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { isProblem, messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Approval } from "@/api/types";
import { t } from "@/lib/i18n";
import { dismissToast, toast } from "@/ui/toast";
import { type Decision, forget, hold, UNDO_MS, undo } from "./pending";

export function useDecide(approval: Approval, onDone: () => void) {
  const client = useQueryClient();
  return (decision: Decision) => {
    const key = `inbox-${approval.id}`;
    hold(approval.id, (isLeaving) => {
      dismissToast(key);
      void send(client, approval, decision, isLeaving);
    });
    toast(t(decision.answer === "approve" ? "inbox.approved" : "inbox.rejected"), {
      description: approval.title,
      kind: "success",
      key,
      lastsMs: UNDO_MS,
      action: { label: t("inbox.undo"), onClick: () => undo(approval.id) },
    });
    onDone();
  };
}

async function send(
  client: QueryClient,
  approval: Approval,
  { answer, reason }: Decision,
  isLeaving: boolean,
): Promise<void> {
  const body = reason.trim() === "" ? {} : { reason: reason.trim() };
  try {
    await api.post<void>(`approvals/${approval.id}/${answer}/`, body, { keepalive: isLeaving });
  } catch (error) {
    toast(t(isProblem(error, 409) ? "inbox.tooLate" : "inbox.failed"), {
      kind: "error",
      description: messageOf(error),
      key: "inbox",
    });
  }
  await refresh(client, keys.approvals);
  forget();
}
