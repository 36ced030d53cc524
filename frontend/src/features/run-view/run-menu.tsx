// What else can be done with a run: compare it, keep it as a test.

import "@/lib/messages/replays";
import "@/lib/messages/runs";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Ellipsis, FlaskConical, GitCompareArrows, PencilRuler, Workflow } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import type { Execution, WorkflowTest } from "@/api/types";
import { useCan } from "@/features/auth";
import { useLatestRun } from "@/features/runs";
import { useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { isUnfinished } from "@/lib/status";
import { IconButton } from "@/ui/icon-button";
import { Menu } from "@/ui/menu";
import { toast } from "@/ui/toast";
import { CompareDialog } from "./compare-dialog";

type Props = { readonly execution: Execution };

export function RunMenu({ execution }: Props) {
  const [comparing, setComparing] = useState(false);
  const run = useLatestRun();
  const mayEdit = useCan("workflow.edit");
  const save = useSaveTest(execution);
  const navigate = useNavigate();
  const compare = () => setComparing(true);
  const canSave = mayEdit && run !== null && !isUnfinished(run.status);
  const base = { group: t("runs.group"), scope: "page" } as const;
  const load = () =>
    void navigate({
      to: "/w/$workflowId",
      params: { workflowId: execution.workflow.id },
      search: { load: execution.id },
    });
  useActions([
    { ...base, id: "runs.compare", label: t("runs.compare"), icon: GitCompareArrows, run: compare },
    {
      ...base,
      id: "runs.loadIntoEditor",
      label: t("runs.loadIntoEditor"),
      icon: PencilRuler,
      when: () => mayEdit,
      run: load,
    },
    {
      ...base,
      id: "runs.saveTest",
      label: t("runs.saveTest"),
      icon: FlaskConical,
      when: () => canSave,
      run: save,
    },
  ]);
  return (
    <>
      <Menu
        label={t("runs.more")}
        align="end"
        trigger={<IconButton icon={Ellipsis} label={t("runs.more")} variant="outline" />}
        entries={[
          {
            id: "workflow",
            label: t("runs.openWorkflow"),
            icon: Workflow,
            onSelect: () =>
              void navigate({
                to: "/w/$workflowId",
                params: { workflowId: execution.workflow.id },
              }),
          },
          ...(mayEdit
            ? [
                {
                  id: "load",
                  label: t("runs.loadIntoEditor"),
                  icon: PencilRuler,
                  onSelect: load,
                },
              ]
            : []),
          { id: "compare", label: t("runs.compare"), icon: GitCompareArrows, onSelect: compare },
          ...(canSave
            ? [{ id: "test", label: t("runs.saveTest"), icon: FlaskConical, onSelect: save }]
            : []),
        ]}
      />
      {comparing && <CompareDialog execution={execution} onClose={() => setComparing(false)} />}
    </>
  );
}

function useSaveTest({ id, workflow }: Execution): () => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: () => api.post<WorkflowTest>(`workflows/${workflow.id}/tests/`, { execution: id }),
    meta: { quiet: true },
    onSuccess: () => {
      toast(t("runs.saveTest.done", { name: workflow.name }), {
        kind: "success",
        action: {
          label: t("runs.saveTest.open"),
          onClick: () =>
            void navigate({ to: "/w/$workflowId/tests", params: { workflowId: workflow.id } }),
        },
      });
      return client.invalidateQueries({ queryKey: [...keys.workflow(workflow.id), "tests"] });
    },
    onError: (error) =>
      toast(t("runs.saveTest.failed"), { kind: "error", description: messageOf(error) }),
  });
  return () => save.mutate();
}
