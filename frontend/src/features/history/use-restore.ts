// Going back to an entry, and back again; naming entries.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { historyQuery } from "@/api/history-queries";
import { messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { HistoryEntry, Workflow } from "@/api/types";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";

type Asked = { readonly ref: string; readonly title: string };

/** The draft becomes what the entry was. The draft before stays an entry, so it can be undone. */
export function useRestore(workflowId: string) {
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: ({ ref }: Asked) =>
      api.post<Workflow>(`workflows/${workflowId}/history/${ref}/restore/`),
    onSuccess: async (workflow, { title }) => {
      client.setQueryData(keys.workflow(workflowId), workflow);
      const before = { ref: `r${workflow.revision - 1}`, title: t("history.entry.session") };
      toast(t("history.restored", { title }), {
        kind: "success",
        description: t("history.restoredHint"),
        action: { label: t("history.undo"), onClick: () => restore.mutate(before) },
        key: "restored",
      });
      await refresh(client, historyQuery(workflowId).queryKey);
    },
    onError: (error) => toast(messageOf(error), { kind: "error" }),
    meta: { quiet: true },
  });
  return restore;
}

export function useNaming(workflowId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ ref, name }: { readonly ref: string; readonly name: string }) =>
      api.patch<HistoryEntry>(`workflows/${workflowId}/history/${ref}/`, { name }),
    onSuccess: () => refresh(client, historyQuery(workflowId).queryKey),
    meta: { quiet: true },
  });
}
