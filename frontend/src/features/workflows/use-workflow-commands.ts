// What can be done to workflows from a list of them.

import "@/lib/messages/pages";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api } from "@/api/client";
import { keys, workflowQuery } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Workflow, WorkflowDocument, WorkflowRow } from "@/api/types";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";

type Draft = {
  readonly name?: string;
  readonly document?: WorkflowDocument;
  readonly folder?: string | null;
};

/** Creates a workflow and opens it. */
export function useCreateWorkflow() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (draft: Draft) => api.post<Workflow>("workflows/", draft),
    onSuccess: async (workflow) => {
      await refresh(client, keys.workflows);
      await navigate({ to: "/w/$workflowId", params: { workflowId: workflow.id } });
    },
  });
}

export function useDuplicateWorkflow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, folder }: WorkflowRow) => {
      const { document, name } = await client.fetchQuery(workflowQuery(id));
      const copy = t("workflows.copyName", { name });
      return api.post<Workflow>("workflows/", {
        name: copy,
        folder,
        document: { ...document, name: copy },
      });
    },
    onSuccess: async ({ name }) => {
      toast(t("workflows.duplicated", { name }), { kind: "success" });
      await refresh(client, keys.workflows);
    },
  });
}

export function useRenameWorkflow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ row, name }: { readonly row: WorkflowRow; readonly name: string }) =>
      api.patch<Workflow>(`workflows/${row.id}/`, [{ op: "replace", path: "/name", value: name }], {
        headers: {
          "Content-Type": "application/json-patch+json",
          "If-Match": `"${row.revision}"`,
        },
      }),
    onSettled: () => refresh(client, keys.workflows),
    meta: { quiet: true },
  });
}
