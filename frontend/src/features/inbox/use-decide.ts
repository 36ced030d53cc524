// Deciding an approval: the card leaves at once, the decision can be undone for a moment.

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { OfflineError } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Approval } from "@/api/types";
import { t } from "@/lib/i18n";
import { holdBack } from "./hold-back";
import { type Decision, forget } from "./pending";
import { keep, sayRefused, tellServer } from "./unsent";

export function useDecide(approval: Approval, onDone: () => void) {
  const client = useQueryClient();
  return (decision: Decision) => {
    const words = t(decision.answer === "approve" ? "inbox.approved" : "inbox.rejected");
    holdBack(approval, words, (isLeaving) => void send(client, approval, decision, isLeaving));
    onDone();
  };
}

async function send(
  client: QueryClient,
  approval: Approval,
  decision: Decision,
  isLeaving: boolean,
): Promise<void> {
  const { id, title } = approval;
  const told = { ...decision, id, title };
  // A page that goes away learns no more whether somebody was reached.
  if (isLeaving && !navigator.onLine) return keep(told);
  try {
    await tellServer(told, isLeaving);
  } catch (error) {
    if (error instanceof OfflineError) {
      keep(told);
      return forget();
    }
    sayRefused(error, title);
  }
  await refresh(client, keys.approvals);
  forget();
}
