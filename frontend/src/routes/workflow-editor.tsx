// /app/w/$workflowId: the editor, with the inspector and the runs of one workflow around it.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { messageOf } from "@/api/problem";
import { catalogQuery, typesOffQuery, workflowQuery } from "@/api/queries";
import type { NodeCatalog, Workflow } from "@/api/types";
import { useCan, useSession } from "@/features/auth";
import { ChatDock } from "@/features/chat";
import {
  CanvasProvider,
  countInFlow,
  deviceJournal,
  EditorProvider,
  EditorTopBar,
  EditorWorkspace,
  FirstSteps,
  inspect,
  type Journal,
  openEditor,
  RestoreBanner,
  useDocument,
  useEditor,
  useEditorUi,
  useSavingGuard,
} from "@/features/editor";
import { Inspector, useInspectorLayout } from "@/features/inspector";
import { buildCatalog } from "@/features/palette";
import { ConnectionChip, LogPanel, RunChip, RunStore, useWorkflowRuns } from "@/features/runs";
import { usePageTitle } from "@/features/shell";
import { ErrorState } from "@/ui/error-state";
import { SkeletonRows } from "@/ui/skeleton";

const route = getRouteApi("/shell/w/$workflowId");

/** By its key every workflow is mounted, and thus asked for, anew: also one that was open before. */
export function WorkflowEditorPage() {
  const { workflowId } = route.useParams();
  return <FetchedWorkflow key={workflowId} workflowId={workflowId} />;
}

function FetchedWorkflow({ workflowId }: { readonly workflowId: string }) {
  const workflow = useQuery({
    ...workflowQuery(workflowId),
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const catalog = useQuery(catalogQuery);
  const off = useQuery(typesOffQuery);
  const error = workflow.error ?? catalog.error;
  if (error) {
    return <ErrorState message={messageOf(error)} onRetry={() => void workflow.refetch()} />;
  }
  // A draft from the cache may be old; the first edit on it would only have to be merged.
  if (!workflow.isFetchedAfterMount || !workflow.data || !catalog.data || off.isPending) {
    return <SkeletonRows />;
  }
  return <OpenWorkflow workflow={workflow.data} nodes={catalog.data} off={off.data?.types ?? []} />;
}

type OpenProps = {
  readonly workflow: Workflow;
  readonly nodes: NodeCatalog;
  readonly off: readonly string[];
};

function OpenWorkflow({ workflow, nodes, off }: OpenProps) {
  const client = useQueryClient();
  const mayEdit = useCan("workflow.edit");
  const { person } = useSession();
  const { node = null } = route.useSearch();
  const [journal] = useState(() => deviceJournal(workflow.id, person?.id ?? ""));
  const [editor] = useState(() =>
    openEditor({
      workflow,
      catalog: buildCatalog(nodes, off),
      runStore: new RunStore(),
      journal,
      client,
      readOnly: !mayEdit,
      inspecting: node,
      person: person?.name ?? "",
    }),
  );
  useSavingGuard(editor.saving);
  return (
    <EditorProvider editor={editor}>
      <CanvasProvider>
        <ComposedEditor workflow={workflow} journal={journal} />
      </CanvasProvider>
    </EditorProvider>
  );
}

type ComposedProps = { readonly workflow: Workflow; readonly journal: Journal };

function ComposedEditor({ workflow, journal }: ComposedProps) {
  const editor = useEditor();
  const { ui, saving, runStore, docStore } = editor;
  const { layout } = useInspectorLayout();
  const inspecting = useEditorUi((state) => state.inspecting);
  const name = useDocument((document) => document.name);
  const nodeCount = useDocument(countInFlow);
  useInspectedInAddress(inspecting);
  usePageTitle(name);
  const runs = useWorkflowRuns({
    workflowId: workflow.id,
    store: runStore,
    flush: async () => saving?.flush(),
    lastExecutionId: workflow.last_execution?.id ?? null,
  });
  const mayRun = useCan("workflow.run");
  const runTo = (id: string) => runs.startPart("to", id);
  const nodeName = (id: string) =>
    docStore.getState().document.nodes.find((node) => node.id === id)?.name ?? id;
  return (
    <div className="flex h-full flex-col">
      <EditorTopBar workflow={workflow} runs={runs} />
      <RestoreBanner journal={journal} />
      <div className="min-h-0 flex-1">
        <EditorWorkspace
          place={layout}
          inspector={
            inspecting !== null && (
              <Inspector
                nodeId={inspecting}
                onSelectNode={(id) => inspect(editor, id)}
                onClose={() => ui.setState({ inspecting: null })}
                onRunTo={mayRun && !runs.isStarting ? runTo : undefined}
              />
            )
          }
          log={
            <LogPanel
              nodeName={nodeName}
              onSelectNode={(id) => inspect(editor, id)}
              onClose={() => ui.setState({ logs: false })}
            />
          }
          chat={<ChatDock workflowId={workflow.id} />}
          corner={
            <div className="flex items-start gap-2">
              <ConnectionChip />
              <RunChip
                nodeCount={nodeCount}
                nodeName={nodeName}
                onOpenLog={() => ui.setState({ logs: true })}
                onClear={runs.clear}
              />
            </div>
          }
          aside={<FirstSteps workflow={workflow} />}
        />
      </div>
    </div>
  );
}

/** The open node is part of the address, so that a link leads to it. */
function useInspectedInAddress(node: string | null): void {
  const navigate = route.useNavigate();
  useEffect(() => {
    void navigate({
      search: ({ node: _, ...others }) => (node === null ? others : { ...others, node }),
      replace: true,
    });
  }, [navigate, node]);
}
