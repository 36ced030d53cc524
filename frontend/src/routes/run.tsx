// /app/runs/$executionId: a past or present run on the document of its own version, read-only.

import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { pageSocket } from "@/api/page-socket";
import { messageOf } from "@/api/problem";
import { catalogQuery, executionQuery } from "@/api/queries";
import type { Execution, NodeCatalog } from "@/api/types";
import { useCan } from "@/features/auth";
import {
  CanvasProvider,
  countInFlow,
  createViewer,
  EditorProvider,
  EditorWorkspace,
  inspect,
  readingOrder,
  useEditor,
  useEditorUi,
} from "@/features/editor";
import { Inspector, useInspectorLayout } from "@/features/inspector";
import { buildCatalog } from "@/features/palette";
import { Children, Origins, RunForks, RunMenu, RunNotices } from "@/features/run-view";
import {
  ConnectionChip,
  followRun,
  LogPanel,
  ReplayBar,
  type ReplayControl,
  RunChip,
  RunControls,
  RunFacts,
  RunStore,
  runFromSnapshot,
  useReplay,
} from "@/features/runs";
import { Crumb, TopBarSlot, usePageTitle } from "@/features/shell";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { buttonClass } from "@/ui/button";
import { ErrorState } from "@/ui/error-state";
import { SkeletonRows } from "@/ui/skeleton";

const route = getRouteApi("/shell/runs/$executionId");
const SETTLE_MS = 300;

/** By its key every run is mounted, and thus asked for, anew: also one that was shown before. */
export function RunPage() {
  const { executionId } = route.useParams();
  return <FetchedRun key={executionId} executionId={executionId} />;
}

function FetchedRun({ executionId }: { readonly executionId: string }) {
  // The snapshot is asked for once; from then on the socket tells what happens.
  const execution = useQuery({
    ...executionQuery(executionId),
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const catalog = useQuery(catalogQuery);
  const error = execution.error ?? catalog.error;
  if (error) {
    return <ErrorState message={messageOf(error)} onRetry={() => void execution.refetch()} />;
  }
  if (!execution.isFetchedAfterMount || !execution.data || !catalog.data) return <SkeletonRows />;
  return <OpenRun execution={execution.data} nodes={catalog.data} />;
}

type OpenProps = { readonly execution: Execution; readonly nodes: NodeCatalog };

function OpenRun({ execution, nodes }: OpenProps) {
  const { node } = route.useSearch();
  const [viewer] = useState(() => {
    const editor = createViewer({
      workflowId: execution.workflow.id,
      document: execution.document,
      catalog: buildCatalog(nodes),
      runStore: new RunStore(),
    });
    editor.ui.setState({ inspecting: node ?? null });
    return editor;
  });
  const [first] = useState(execution);
  useEffect(() => followRun(viewer.runStore, pageSocket, runFromSnapshot(first)), [viewer, first]);
  return (
    <EditorProvider editor={viewer}>
      <CanvasProvider>
        <RunView execution={first} />
      </CanvasProvider>
    </EditorProvider>
  );
}

function RunView({ execution }: { readonly execution: Execution }) {
  const editor = useEditor();
  const { ui, docStore } = editor;
  const { layout } = useInspectorLayout();
  const inspecting = useEditorUi((state) => state.inspecting);
  const { workflow, number } = execution;
  const { nodes } = docStore.getState().document;
  const names = useMemo(() => new Map(nodes.map((node) => [node.id, node.name])), [nodes]);
  const nodeName = (id: string) => names.get(id) ?? id;
  const { seq } = route.useSearch();
  const replay = useReplay(seq ?? null);
  useMomentInAddress(replay);
  const name = t("runs.run", { number });
  const mayFork = useCan("execution.fork");
  usePageTitle(`${name} · ${workflow.name}`);
  return (
    <>
      <TopBarSlot name="crumbs">
        <Crumb>
          <Link to="/w/$workflowId/executions" params={{ workflowId: workflow.id }}>
            {workflow.name}
          </Link>
        </Crumb>
        <Crumb kept>
          <h1 className="text-base">{name}</h1>
        </Crumb>
        <RunFacts execution={execution} />
        <Origins execution={execution} />
      </TopBarSlot>
      <TopBarSlot name="actions">
        <RunControls executionId={execution.id} />
        <Link
          to="/w/$workflowId"
          params={{ workflowId: workflow.id }}
          className={cx(buttonClass("secondary"), "max-sm:hidden")}
        >
          {t("runs.openWorkflow")}
        </Link>
        <RunMenu execution={execution} />
      </TopBarSlot>
      <EditorWorkspace
        place={layout}
        inspector={
          inspecting !== null && (
            <Inspector
              nodeId={inspecting}
              onSelectNode={(id) => inspect(editor, id)}
              onClose={() => ui.setState({ inspecting: null })}
              showProblems={false}
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
        footer={(isDocked) => (
          <ReplayBar
            replay={replay}
            order={readingOrder(docStore.getState().document)}
            nodeName={nodeName}
            onSelectNode={(id) => inspect(editor, id)}
            tight={isDocked}
          />
        )}
        corner={
          <div className="flex flex-col items-end gap-2">
            <div className="flex items-start gap-2">
              <ConnectionChip />
              <RunChip
                nodeCount={countInFlow(docStore.getState().document)}
                nodeName={nodeName}
                onOpenLog={() => ui.setState({ logs: true })}
              />
            </div>
            <Children execution={execution} node={inspecting} />
            <RunNotices
              execution={execution}
              replay={replay}
              nodeName={nodeName}
              onShow={(id) => inspect(editor, id)}
            />
          </div>
        }
      />
      {mayFork && <RunForks execution={execution} nodeName={nodeName} />}
    </>
  );
}

/** The moment that is shown is part of the address, so that a link leads to it. */
function useMomentInAddress({ isAtEnd, isPlaying, count, events }: ReplayControl): void {
  const navigate = route.useNavigate();
  const router = useRouter();
  const seq = isAtEnd ? undefined : events[count - 1]?.seq;
  const isKnown = events.length > 0;
  useEffect(() => {
    if (isPlaying || !isKnown) return;
    const here = router.latestLocation.pathname;
    const timer = setTimeout(() => {
      // Whoever is on the way to another page must not be called back.
      if (router.latestLocation.pathname !== here) return;
      void navigate({
        search: ({ seq: _, ...others }) => (seq === undefined ? others : { ...others, seq }),
        replace: true,
      });
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [navigate, router, seq, isPlaying, isKnown]);
}
