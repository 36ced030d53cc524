// A canvas with its keys over a document, for tests.

import { QueryClient } from "@tanstack/react-query";
import { cleanup, render } from "@testing-library/react";
import { onTestFinished } from "vitest";
import type { Workflow, WorkflowDocument } from "@/api/types";
import { ReactFlowProvider } from "@/features/editor/canvas/rf";
import { type Editor, EditorProvider } from "@/features/editor/editor-context";
import { EditorWorkspace } from "@/features/editor/editor-workspace";
import { openEditor } from "@/features/editor/open-editor";
import { memoryJournal } from "@/features/editor/saving/journal";
import { buildCatalog } from "@/features/palette";
import { RunStore } from "@/features/runs";
import { listenForKeys } from "@/lib/keyboard";
import { SPECS } from "@/test/documents";
import { TooltipProvider } from "@/ui/tooltip";

export function openCanvas(
  document: WorkflowDocument,
  readOnly = false,
): { editor: Editor; store: RunStore } {
  const store = new RunStore();
  const workflow = { id: "w", document, revision: 1 } as Workflow;
  const catalog = buildCatalog({ nodes: SPECS, broken: [], categories: [] });
  const editor = openEditor({
    workflow,
    catalog,
    runStore: store,
    journal: memoryJournal(),
    client: new QueryClient(),
    readOnly,
    inspecting: null,
  });
  const stopKeys = listenForKeys();
  onTestFinished(() => {
    stopKeys();
    cleanup();
  });
  render(
    <TooltipProvider>
      <EditorProvider editor={editor}>
        <ReactFlowProvider>
          <EditorWorkspace inspector={null} place="dock" log={null} corner={null} />
        </ReactFlowProvider>
      </EditorProvider>
    </TooltipProvider>,
  );
  return { editor, store };
}
