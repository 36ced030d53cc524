// Renders the inspector of one node of a document, with a server that answers from a table.

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { vi } from "vitest";
import { sessionQuery } from "@/api/queries";
import type { WorkflowDocument, WorkflowNode } from "@/api/types";
import { createViewer, type Editor, EditorProvider } from "@/features/editor";
import { Inspector } from "@/features/inspector/inspector";
import { RunStore } from "@/features/runs";
import { TooltipProvider } from "@/ui/tooltip";
import { catalog } from "./catalog";
import { sessionWith } from "./show";

/** Answers by the beginning of `METHOD path`; what is not listed is an empty list. */
export type Answers = { readonly [request: string]: unknown };

const DEFAULT_ANSWERS: Answers = {
  "POST expressions/preview/": { ok: true, value: "", text: "", type: "string" },
};

export function stubServer(answers: Answers = {}) {
  const asked: { readonly request: string; readonly body: unknown }[] = [];
  const fetchStub = vi.fn(async (url: string, init?: RequestInit) => {
    const request = `${init?.method ?? "GET"} ${url.replace("/api/v1/", "")}`;
    asked.push({ request, body: init?.body ? JSON.parse(String(init.body)) : undefined });
    const known = { ...DEFAULT_ANSWERS, ...answers };
    const found = Object.entries(known).find(([start]) => request.startsWith(start));
    const answer = found ? found[1] : { results: [], next: null };
    return new Response(JSON.stringify(answer), { status: 200 });
  });
  vi.stubGlobal("fetch", fetchStub);
  return asked;
}

export function documentWith(nodes: readonly WorkflowNode[]): WorkflowDocument {
  return { format: "headrace/1", name: "Orders", nodes, edges: [] };
}

export function nodeOf(type: string, id = "node", name = "Node"): WorkflowNode {
  const spec = catalog.byType(type);
  if (!spec) throw new Error(`There is no ${type} in the catalogue.`);
  return { id, name, type, version: spec.version, position: [0, 0], params: spec.defaults };
}

export function editorOf(
  document: WorkflowDocument,
  options: { readonly readOnly?: boolean } = {},
) {
  const editor = createViewer({
    workflowId: "workflow",
    document,
    catalog,
    runStore: new RunStore(),
  });
  editor.docStore.setState({ readOnly: options.readOnly ?? false });
  return editor;
}

export function showInspector(editor: Editor, nodeId = "node", onRunTo?: (node: string) => void) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(sessionQuery.queryKey, sessionWith(["workflow.run"]));
  const onSelectNode = vi.fn();
  const onClose = vi.fn();
  const view = render(
    <QueryClientProvider client={client}>
      <TooltipProvider>
        <EditorProvider editor={editor}>
          <Inspector
            nodeId={nodeId}
            onClose={onClose}
            onSelectNode={onSelectNode}
            onRunTo={onRunTo}
          />
        </EditorProvider>
      </TooltipProvider>
    </QueryClientProvider>,
  );
  return { ...view, onSelectNode, onClose };
}
