// Commands for several workflows, and for the folders and tags that they are kept by.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { keys, workflowFoldersQuery, workflowTagsQuery } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Imported, WorkflowBulkAnswer, WorkflowFolder, WorkflowTag } from "@/api/types";
import { downloadText } from "@/lib/download";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { fileNameOf } from "./model/transfer";

type Ids = { readonly ids: readonly string[] };

export type Wish = Ids &
  (
    | { readonly action: "activate" | "deactivate" | "delete" | "undelete" }
    | { readonly action: "move"; readonly folder: string | null }
    | { readonly action: "tag" | "untag"; readonly tag: string }
  );

const DONE: Readonly<Partial<Record<Wish["action"], Parameters<typeof t>[0]>>> = {
  activate: "organise.activated",
  deactivate: "organise.deactivated",
  delete: "organise.deleted",
  undelete: "organise.restored",
  move: "organise.moved",
};

const NO_FOLDERS: readonly WorkflowFolder[] = [];
const NO_TAGS: readonly WorkflowTag[] = [];

export const useFolders = (): readonly WorkflowFolder[] =>
  useQuery(workflowFoldersQuery).data ?? NO_FOLDERS;

export const useTags = (): readonly WorkflowTag[] => useQuery(workflowTagsQuery).data ?? NO_TAGS;

/** One command for several workflows; a deletion can be taken back from its notice. */
export function useOrganise(onDone?: () => void) {
  const client = useQueryClient();
  const send = (wish: Wish) => api.post<WorkflowBulkAnswer>("workflows/bulk/", wish);
  const bulk = useMutation({
    mutationFn: send,
    onSuccess: (answer, wish) => {
      tell(answer, wish, (ids) => bulk.mutate({ action: "undelete", ids }));
      onDone?.();
    },
    onSettled: () => refresh(client, keys.workflows),
  });
  return bulk;
}

/** Says what was done, what was not and why; tags show themselves. */
function tell(
  { accepted, refused }: WorkflowBulkAnswer,
  { action }: Wish,
  takeBack: (ids: readonly string[]) => void,
): void {
  const [first] = refused;
  const done = DONE[action];
  if (!done && !first) return;
  const reason = first && t("organise.refused", { count: refused.length, reason: first.message });
  const undo = { label: t("organise.undo"), onClick: () => takeBack(accepted) };
  toast(t(done ?? "organise.tags", { count: accepted.length }), {
    key: "organise",
    kind: first ? "error" : "info",
    ...(reason ? { description: reason } : {}),
    ...(action === "delete" ? { action: undo } : {}),
  });
}

/** Changes a folder or a tag: `POST`, `PATCH` or `DELETE`, then everything is asked for again. */
export function useKeeping(kind: "workflow-folders" | "workflow-tags", onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { readonly id?: string; readonly body: object | null }) => {
      if (id === undefined) return api.post(`${kind}/`, body ?? {});
      return body ? api.patch(`${kind}/${id}/`, body) : api.delete(`${kind}/${id}/`);
    },
    onSuccess: () => onDone?.(),
    onSettled: () => refresh(client, keys.workflows),
    meta: { quiet: true },
  });
}

/** Saves one workflow, or several in one file, with their credentials by name. */
export function useExport() {
  return useMutation({
    mutationFn: ({ ids }: Ids & { readonly name: string }) =>
      api.post<object>("workflows/export/", { ids }),
    onSuccess: (file, { name }) =>
      downloadText(fileNameOf(name), `${JSON.stringify(file, null, 2)}\n`),
    onError: (error) =>
      toast(t("organise.export"), { kind: "error", description: messageOf(error) }),
    meta: { quiet: true },
  });
}

/** Makes the workflows of a file; one alone is opened. */
export function useImport(folder: string | null, onDone: () => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (file: object) => api.post<Imported>("workflows/import/", { file, folder }),
    onSuccess: async ({ workflows, missing }) => {
      const nodes = [...new Set(missing.map(({ node }) => node))].join(", ");
      toast(t("organise.imported", { count: workflows.length }), {
        kind: "success",
        ...(missing.length > 0
          ? { description: t("organise.missing", { count: missing.length, nodes }) }
          : {}),
      });
      onDone();
      await refresh(client, keys.workflows);
      const [only, another] = workflows;
      if (only && !another)
        await navigate({ to: "/w/$workflowId", params: { workflowId: only.id } });
    },
    meta: { quiet: true },
  });
}
