// /app/templates/$slug: a template, with its workflow on a canvas that only shows.

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { catalogQuery, templateQuery } from "@/api/queries";
import type { NodeCatalog, Template } from "@/api/types";
import { CanvasOnly, CanvasProvider, createViewer, EditorProvider } from "@/features/editor";
import { buildCatalog } from "@/features/palette";
import { RunStore } from "@/features/runs";
import { TemplateView } from "@/features/templates";
import { QueryState } from "@/ui/query-state";

const route = getRouteApi("/shell/templates/$slug");

export function TemplatePage() {
  const { slug } = route.useParams();
  const query = useQuery(templateQuery(slug));
  const catalog = useQuery(catalogQuery);
  return (
    <QueryState query={query} rows={8}>
      {query.data && (
        <TemplateView
          key={slug}
          template={query.data}
          canvas={catalog.data && <Preview template={query.data} nodes={catalog.data} />}
        />
      )}
    </QueryState>
  );
}

type Props = { readonly template: Template; readonly nodes: NodeCatalog };

function Preview({ template, nodes }: Props) {
  const [viewer] = useState(() =>
    createViewer({
      workflowId: template.slug,
      document: { ...template.document, notes: [] },
      catalog: buildCatalog(nodes),
      runStore: new RunStore(),
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
