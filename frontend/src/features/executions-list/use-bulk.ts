// One command for many runs: those that are ticked, or all that the filter finds.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { BulkAnswer } from "@/api/types";
import { type MessageKey, t } from "@/lib/i18n";
import { toast } from "@/ui/toast";

export type BulkAction = "cancel" | "retry" | "delete";

/** Ids, or a filter in the words of the list. */
export type BulkChoice =
  | { readonly ids: readonly string[] }
  | { readonly filter: { readonly status?: readonly string[]; readonly workflow?: string } };

export type BulkWish = { readonly action: BulkAction; readonly choice: BulkChoice };

const DONE = {
  cancel: "executions.bulk.cancelled",
  retry: "executions.bulk.retried",
  delete: "executions.bulk.deleted",
} as const satisfies Readonly<Record<BulkAction, MessageKey>>;

export function useBulk(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ action, choice }: BulkWish) =>
      api.post<BulkAnswer>("executions/bulk/", { action, ...choice }),
    meta: { quiet: true },
    onSuccess: ({ matched, accepted, refused }, { action }) => {
      toast(t(DONE[action], { count: accepted }), {
        ...(refused.length > 0
          ? { description: t("executions.bulk.refused", { count: refused.length }) }
          : {}),
        ...(matched > accepted + refused.length
          ? { description: t("executions.bulk.more", { count: matched - accepted }) }
          : {}),
        key: "bulk",
      });
      onDone();
    },
    onError: (error) =>
      toast(t("executions.bulk.failed"), { kind: "error", description: messageOf(error) }),
    onSettled: () => refresh(client, [...keys.executions, "list"]),
  });
}
