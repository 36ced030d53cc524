// /app/runs/compare/$left/$right: two runs side by side.

import "@/lib/messages/replays";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import { catalogQuery, comparisonQuery, executionQuery } from "@/api/queries";
import type { Comparison, NodeCatalog, WorkflowDocument } from "@/api/types";
import { CompareView, marksOf } from "@/features/compare";
import {
  CanvasOnly,
  CanvasProvider,
  createViewer,
  EditorProvider,
  unionOf,
} from "@/features/editor";
import { buildCatalog } from "@/features/palette";
import { RunStore } from "@/features/runs";
import { Page } from "@/features/shell";
import { t } from "@/lib/i18n";
import { QueryState } from "@/ui/query-state";

const route = getRouteApi("/shell/runs/compare/$left/$right");

export function ComparePage() {
  const { left, right } = route.useParams();
  const { node } = route.useSearch();
  const navigate = route.useNavigate();
  const comparison = useQuery(comparisonQuery(left, right));
  const execution = useQuery(executionQuery(left));
  const other = useQuery(executionQuery(right));
  const catalog = useQuery(catalogQuery);
  const choose = useCallback(
    (chosen: string | undefined) =>
      void navigate({
        search: chosen === undefined ? {} : { node: chosen },
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const document =
    execution.data && other.data && unionOf(execution.data.document, other.data.document);
  const name = comparison.data?.executions[0].workflow.name;
  return (
    <Page title={t("runs.compare.title")} crumb={name ?? t("runs.compare.title")}>
      <QueryState query={comparison} rows={8}>
        {comparison.data && (
          <CompareView
            comparison={comparison.data}
            executions={execution.data && other.data ? [execution.data, other.data] : null}
            nodes={document?.nodes ?? []}
            chosen={node}
            onChoose={choose}
            canvas={
              execution.data &&
              document &&
              catalog.data && (
                <MarkedCanvas
                  key={`${left} ${right}`}
                  workflow={execution.data.workflow.id}
                  document={document}
                  onChoose={choose}
                  nodes={catalog.data}
                  comparison={comparison.data}
                />
              )
            }
          />
        )}
      </QueryState>
    </Page>
  );
}

type Props = {
  readonly workflow: string;
  /** Both in one: a node that only one of them has is there, too. */
  readonly document: WorkflowDocument;
  readonly onChoose: (node: string) => void;
  readonly nodes: NodeCatalog;
  readonly comparison: Comparison;
};

/** Opening a node compares it. */
function MarkedCanvas({ workflow, document, onChoose, nodes, comparison }: Props) {
  const [viewer] = useState(() =>
    createViewer({
      workflowId: workflow,
      document,
      catalog: buildCatalog(nodes),
      runStore: new RunStore(),
      marks: marksOf(comparison.steps, document.nodes),
    }),
  );
  useEffect(
    () => viewer.ui.subscribe(({ inspecting }) => inspecting !== null && onChoose(inspecting)),
    [viewer, onChoose],
  );
  return (
    <EditorProvider editor={viewer}>
      <CanvasProvider>
        <CanvasOnly />
      </CanvasProvider>
    </EditorProvider>
  );
}
