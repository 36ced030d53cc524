// The editor's part of the top bar: name, save state, problems, run, publish; and their dialogs.

import type { Workflow } from "@/api/types";
import type { WorkflowRuns } from "@/features/runs";
import { Crumb, TopBarSlot, WorkflowTabs } from "@/features/shell";
import { TestsBadge } from "@/features/workflow-tests";
import { useActions } from "@/lib/actions";
import { runActions } from "./actions/run-actions";
import { ConflictDialog, PublishDialog } from "./dialogs/deferred";
import { PresenceLayer } from "./presence/deferred";
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
        <PresenceLayer />
        <TestsBadge workflowId={workflow.id} />
        <ProblemsButton />
        <RunButton runs={runs} />
        {!readOnly && <PublishButton workflow={workflow} />}
      </TopBarSlot>
      {dialog === "publish" && <PublishDialog workflow={workflow} onClose={close} />}
      {dialog === "conflict" && saving && <ConflictDialog saving={saving} onClose={close} />}
    </>
  );
}
