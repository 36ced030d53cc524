// Two documents on one canvas: what was added, removed (as a ghost), changed and moved.

import "@/lib/messages/plugins";
import "@/lib/messages/editor";
import "@/lib/messages/groups";
import "@/lib/messages/palette";
import "@/lib/messages/runs";
import { useEffect, useState } from "react";
import type { Catalog } from "@/features/palette";
import { RunStore } from "@/features/runs";
import { Canvas } from "../canvas/canvas";
import { ReactFlowProvider } from "../canvas/rf";
import { EditorProvider } from "../editor-context";
import { type Change, marksOfChanges, unionOf } from "../model/diff";
import type { WorkflowDocument } from "../model/types";
import { createViewer } from "../open-editor";
import "./diff.css";

type Props = {
  readonly workflowId: string;
  readonly catalog: Catalog;
  readonly before: WorkflowDocument;
  readonly after: WorkflowDocument;
  /** Those that are marked. */
  readonly changes: readonly Change[];
  /** The node to bring into sight. */
  readonly node?: string | null;
};

/** Give it a key of what is compared: it is made once. */
export function DiffCanvas({ workflowId, catalog, before, after, changes, node = null }: Props) {
  const [viewer] = useState(() =>
    createViewer({
      workflowId,
      document: unionOf(before, after),
      catalog,
      runStore: new RunStore(),
      marks: marksOfChanges(changes),
    }),
  );
  useEffect(() => viewer.ui.setState({ inspecting: node }), [viewer, node]);
  return (
    <EditorProvider editor={viewer}>
      <ReactFlowProvider>
        <Canvas />
      </ReactFlowProvider>
    </EditorProvider>
  );
}
