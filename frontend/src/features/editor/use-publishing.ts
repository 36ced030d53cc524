// Publishing, switching on and off: what people see of it comes back as the workflow.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { isProblem, messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import type { Problem, Workflow } from "@/api/types";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import type { Editor } from "./editor-context";
import { useEditor } from "./store";

export function usePublishing({ id }: Workflow) {
  const editor = useEditor();
  const client = useQueryClient();
  const keep = (workflow: Workflow) => {
    client.setQueryData(keys.workflow(id), workflow);
    return client.invalidateQueries({ queryKey: [...keys.workflows, "list"] });
  };
  const publish = useMutation({
    meta: { quiet: true },
    mutationFn: async (note: string) => {
      await editor.saving?.flush();
      return api.post<Workflow>(`workflows/${id}/activate/`, note === "" ? {} : { note });
    },
    onSuccess: keep,
    onError: (error) => showProblems(editor, error),
  });
  const deactivate = useMutation({
    mutationFn: () => api.post<Workflow>(`workflows/${id}/deactivate/`),
    onSuccess: keep,
    onError: (error) =>
      toast(t("editor.deactivateFailed"), { kind: "error", description: messageOf(error) }),
  });
  return { publish, deactivate };
}

/** A refused publication names what is wrong; it belongs on the nodes. */
function showProblems(editor: Editor, error: unknown): void {
  if (!isProblem(error, "invalid_workflow")) return;
  const { document } = editor.docStore.getState();
  const problems = error.body.errors.map(
    ({ path, message, code }): Problem => ({
      code: code ?? "invalid",
      message,
      severity: "error",
      node: document.nodes[Number(/^\/nodes\/(\d+)/.exec(path)?.[1])]?.id ?? null,
      edge: null,
      path,
    }),
  );
  if (problems.length > 0) editor.docStore.setState({ problems });
}
