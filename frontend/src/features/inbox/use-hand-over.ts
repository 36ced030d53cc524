// Handing an approval to somebody else: it leaves at once, and can be taken back for a moment.

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { isProblem, messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Approval } from "@/api/types";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { holdBack } from "./hold-back";
import { assigneeName } from "./model/assignees";
import { follow } from "./pending";

export function useHandOver(approval: Approval, onDone: () => void) {
  const client = useQueryClient();
  return (to: string) => {
    const words = t("inbox.handedTo", { name: assigneeName(to) });
    holdBack(approval, words, (isLeaving) => void send(client, approval, to, isLeaving));
    onDone();
  };
}

async function send(
  client: QueryClient,
  { id, title }: Approval,
  to: string,
  isLeaving: boolean,
): Promise<void> {
  try {
    await api.post<void>(`approvals/${id}/hand-over/`, { to }, { keepalive: isLeaving });
  } catch (error) {
    toast(t(isProblem(error, 409) ? "inbox.tooLate" : "inbox.handOverFailed"), {
      kind: "error",
      description: `${title}: ${messageOf(error)}`,
      key: "inbox",
    });
  }
  await refresh(client, keys.approvals);
  follow(id);
}
