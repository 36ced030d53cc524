// /app/runs/compare/$left/$right: two runs side by side.

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { catalogQuery, comparisonQuery, executionQuery } from "@/api/queries";
import type { Comparison, Execution, NodeCatalog } from "@/api/types";
import { CompareView, marksOf } from "@/features/compare";
import { CanvasOnly, CanvasProvider, createViewer, EditorProvider } from "@/features/editor";
import { buildCatalog } from "@/features/palette";
import { RunStore } from "@/features/runs";
import { Page } from "@/features/shell";
import { t } from "@/lib/i18n";
import { QueryState } from "@/ui/query-state";

const route = getRouteApi("/shell/runs/compare/$left/$right");

export function ComparePage() {
  const { left, right } = route.useParams();
  const comparison = useQuery(comparisonQuery(left, right));
  const execution = useQuery(executionQuery(left));
  const catalog = useQuery(catalogQuery);
  const name = comparison.data?.executions[0].workflow.name;
  return (
    <Page title={t("runs.compare.title")} crumb={name ?? t("runs.compare.title")}>
      <QueryState query={comparison} rows={8}>
        {comparison.data && (
          <CompareView
            comparison={comparison.data}
            canvas={
              execution.data &&
              catalog.data && (
                <MarkedCanvas
                  key={`${left} ${right}`}
                  execution={execution.data}
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
  readonly nodes: NodeCatalog;
  readonly comparison: Comparison;
};

function MarkedCanvas({ execution, nodes, comparison }: Props) {
  const [viewer] = useState(() =>
    createViewer({
      workflowId: execution.workflow.id,
      document: execution.document,
      catalog: buildCatalog(nodes),
      runStore: new RunStore(),
      marks: marksOf(comparison.steps),
    }),
  );
  return (
    <EditorProvider editor={viewer}>
      <CanvasProvider>
        <CanvasOnly />
      </CanvasProvider>
    </EditorProvider>
  );
}
