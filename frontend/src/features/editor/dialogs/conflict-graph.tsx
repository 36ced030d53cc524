// One side of a conflict as a canvas; a click on a disputed node takes that node from this side.

import { useEffect, useState } from "react";
import { RunStore } from "@/features/runs";
import { Canvas } from "../canvas/canvas";
import { ReactFlowProvider } from "../canvas/rf";
import { EditorProvider } from "../editor-context";
import type { Conflict } from "../model/merge";
import type { WorkflowDocument } from "../model/types";
import { createViewer } from "../open-editor";
import { useEditor } from "../store";
import "../diff/diff.css";

type Props = {
  readonly title: string;
  readonly document: WorkflowDocument;
  readonly conflicts: readonly Conflict[];
  readonly onPick: (place: string) => void;
};

const PLACE = "nodes/";

export function ConflictGraph({ title, document, conflicts, onPick }: Props) {
  const { workflowId, catalog } = useEditor();
  const [viewer] = useState(() =>
    createViewer({
      workflowId,
      document,
      catalog,
      runStore: new RunStore(),
      marks: new Map(
        conflicts.flatMap(({ place }) =>
          place.startsWith(PLACE) ? [[place.slice(PLACE.length), "changed"] as const] : [],
        ),
      ),
    }),
  );
  useEffect(
    () =>
      viewer.selection.subscribe(({ elements, focused }, before) => {
        const id = elements === before.elements ? focused : [...elements].at(-1);
        if (id && viewer.marks?.has(id)) onPick(PLACE + id);
      }),
    [viewer, onPick],
  );
  return (
    <figure className="flex flex-col gap-1">
      <figcaption className="text-xs font-medium text-fg-muted">{title}</figcaption>
      <div className="h-64 overflow-hidden rounded-panel border border-line">
        <EditorProvider editor={viewer}>
          <ReactFlowProvider>
            <Canvas />
          </ReactFlowProvider>
        </EditorProvider>
      </div>
    </figure>
  );
}
