// The editor's part of the top bar: name, save state, problems, run, publish; and their dialogs.

import "@/lib/messages/plugins";
import "@/lib/messages/editor";
import "@/lib/messages/groups";
import "@/lib/messages/palette";
import "@/lib/messages/runs";
import { getRouteApi } from "@tanstack/react-router";
import type { Workflow } from "@/api/types";
import type { WorkflowRuns } from "@/features/runs";
import { Crumb, TopBarSlot, WorkflowTabs } from "@/features/shell";
import { TestsBadge } from "@/features/workflow-tests";
import { useActions } from "@/lib/actions";
import { drillActions } from "./actions/drill-actions";
import { runActions } from "./actions/run-actions";
import { ConflictDialog, LoadRunDialog, PublishDialog } from "./dialogs/deferred";
import { PresenceLayer } from "./presence/deferred";
import { SchedulesButton } from "./schedules/deferred";
import { useDocumentState, useEditor, useEditorUi } from "./store";
import { ChatButton } from "./top-bar/chat-button";
import { DrillCrumbs } from "./top-bar/drill-crumbs";
import { ProblemsButton } from "./top-bar/problems-button";
import { PublishButton } from "./top-bar/publish-button";
import { RunButton } from "./top-bar/run-button";
import { SaveChip } from "./top-bar/save-chip";
import { WorkflowName } from "./top-bar/workflow-name";
import { useDrill } from "./use-drill";
import { useStale } from "./use-stale";

const route = getRouteApi("/shell/w/$workflowId");

type Props = { readonly workflow: Workflow; readonly runs: WorkflowRuns };

export function EditorTopBar({ workflow, runs }: Props) {
  const editor = useEditor();
  const { saving, ui } = editor;
  const dialog = useEditorUi((state) => state.dialog);
  const readOnly = useDocumentState((state) => state.readOnly);
  const close = () => ui.setState({ dialog: "none" });
  useActions(runActions(editor, runs));
  useActions(drillActions(editor, useDrill(editor)));
  useStale();
  return (
    <>
      <TopBarSlot name="crumbs">
        <DrillCrumbs />
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
        <ChatButton />
        <SchedulesButton workflow={workflow} />
        <RunButton runs={runs} />
        {!readOnly && <PublishButton workflow={workflow} />}
      </TopBarSlot>
      {!readOnly && <AskedRun />}
      {dialog === "publish" && <PublishDialog workflow={workflow} onClose={close} />}
      {dialog === "conflict" && saving && <ConflictDialog saving={saving} onClose={close} />}
    </>
  );
}

/** A run that the address asks to be loaded; answered, the address forgets it. */
function AskedRun() {
  const { load } = route.useSearch();
  const navigate = route.useNavigate();
  const forget = () => void navigate({ search: ({ load: _, ...others }) => others, replace: true });
  return load !== undefined && <LoadRunDialog executionId={load} onClose={forget} />;
}
