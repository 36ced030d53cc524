// The editor's part of the top bar: name, save state, problems, run, publish; and their dialogs.

import { useNavigate } from "@tanstack/react-router";
import { useStore } from "zustand";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import type { Workflow } from "@/api/types";
import type { WorkflowRuns } from "@/features/runs";
import { Crumb, TopBarSlot, WorkflowTabs } from "@/features/shell";
import { TestsBadge } from "@/features/workflow-tests";
import { useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { runActions } from "./actions/run-actions";
import { ConflictDialog, PublishDialog } from "./dialogs/deferred";
import type { Saving } from "./saving/autosave";
import { useDocumentState, useEditor, useEditorUi } from "./store";
import { ProblemsButton } from "./top-bar/problems-button";
import { PublishButton } from "./top-bar/publish-button";
import { RunButton } from "./top-bar/run-button";
import { SaveChip } from "./top-bar/save-chip";
import { WorkflowName } from "./top-bar/workflow-name";

import { useStale } from "./use-stale";

type Props = { readonly workflow: Workflow; readonly runs: WorkflowRuns };

export function EditorTopBar({ workflow, runs }: Props) {
  const editor = useEditor();
  const { saving, ui } = editor;
  const dialog = useEditorUi((state) => state.dialog);
  const readOnly = useDocumentState((state) => state.readOnly);
  const close = () => ui.setState({ dialog: "none" });
  useActions(runActions(editor, runs));
  useStale();
  return (
    <>
      <TopBarSlot name="crumbs">
        <Crumb>
          <WorkflowName />
        </Crumb>
        <SaveChip />
      </TopBarSlot>
      <TopBarSlot name="tabs">
        <WorkflowTabs workflowId={workflow.id} />
      </TopBarSlot>
      <TopBarSlot name="actions">
        <TestsBadge workflowId={workflow.id} />
        <ProblemsButton />
        <RunButton runs={runs} />
        {!readOnly && <PublishButton workflow={workflow} />}
      </TopBarSlot>
      {dialog === "publish" && <PublishDialog workflow={workflow} onClose={close} />}
      {dialog === "conflict" && saving && <OpenConflict saving={saving} onClose={close} />}
    </>
  );
}

function OpenConflict({
  saving,
  onClose,
}: {
  readonly saving: Saving;
  readonly onClose: () => void;
}) {
  const { docStore } = useEditor();
  const state = useStore(saving.state);
  const navigate = useNavigate();
  if (state.kind !== "conflict") return null;
  const saveCopy = async () => {
    const { document } = docStore.getState();
    const name = t("editor.conflict.copyName", { name: document.name });
    try {
      const copy = await api.post<Workflow>("workflows/", {
        name,
        document: { ...document, name },
      });
      saving.resolve(new Map(state.conflicts.map(({ place }) => [place, "theirs"])));
      onClose();
      await navigate({ to: "/w/$workflowId", params: { workflowId: copy.id } });
    } catch (error) {
      toast(t("editor.conflict.copyFailed"), { kind: "error", description: messageOf(error) });
    }
  };
  return (
    <ConflictDialog
      saving={saving}
      conflict={state}
      onSaveCopy={() => void saveCopy()}
      onClose={onClose}
    />
  );
}
