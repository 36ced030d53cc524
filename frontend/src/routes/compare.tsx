// /app/runs/compare/$left/$right: two runs side by side.

import "@/lib/messages/replays";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import { catalogQuery, comparisonQuery, executionQuery } from "@/api/queries";
import type { Comparison, Execution, NodeCatalog } from "@/api/types";
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
  const name = comparison.data?.executions[0].workflow.name;
  return (
    <Page title={t("runs.compare.title")} crumb={name ?? t("runs.compare.title")}>
      <QueryState query={comparison} rows={8}>
        {comparison.data && (
          <CompareView
            comparison={comparison.data}
            executions={execution.data && other.data ? [execution.data, other.data] : null}
            chosen={node}
            onChoose={choose}
            canvas={
              execution.data &&
              other.data &&
              catalog.data && (
                <MarkedCanvas
                  key={`${left} ${right}`}
                  execution={execution.data}
                  other={other.data}
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
  readonly execution: Execution;
  readonly other: Execution;
  readonly onChoose: (node: string) => void;
  readonly nodes: NodeCatalog;
  readonly comparison: Comparison;
};

/** Both documents in one: a node that only one of them has is there, too. Opening a node compares it. */
function MarkedCanvas({ execution, other, onChoose, nodes, comparison }: Props) {
  const [viewer] = useState(() =>
    createViewer({
      workflowId: execution.workflow.id,
      document: unionOf(execution.document, other.document),
      catalog: buildCatalog(nodes),
      runStore: new RunStore(),
      marks: marksOf(comparison.steps),
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
