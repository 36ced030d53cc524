// What is dropped on the canvas: node types from the palette, and files with workflows or data.

import { type DragEvent, useMemo } from "react";
import { NODE_TYPE_MIME } from "@/features/palette";
import { dropFiles } from "../clipboard-operations";
import type { Editor } from "../editor-context";
import { NODE_HEIGHT, NODE_WIDTH } from "../model/geometry";
import { addOfType } from "../operations";
import { edgeUnder } from "./hit";
import type { Camera } from "./rf";

const FILES = "Files";

export function useDrop(editor: Editor, camera: Camera) {
  return useMemo(() => {
    const isWanted = (types: readonly string[]): boolean =>
      !editor.docStore.getState().readOnly &&
      (types.includes(NODE_TYPE_MIME) || types.includes(FILES));
    const onDragOver = (event: DragEvent) => {
      if (isWanted(event.dataTransfer.types)) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      if (!isWanted(event.dataTransfer.types)) return;
      // Whatever was dropped: the browser must not leave the page to show it.
      event.preventDefault();
      take(editor, camera, event);
    };
    return { onDragOver, onDrop };
  }, [editor, camera]);
}

function take(editor: Editor, camera: Camera, event: DragEvent): void {
  const { clientX, clientY, dataTransfer } = event;
  const [x, y] = camera.toCanvas([clientX, clientY]);
  const at = [x - NODE_WIDTH / 2, y - NODE_HEIGHT / 2] as const;
  const spec = editor.catalog.byType(dataTransfer.getData(NODE_TYPE_MIME));
  if (!spec) return void dropFiles(editor, [...dataTransfer.files], at);
  const edge = edgeUnder(clientX, clientY);
  addOfType(editor, spec, { at, ...(edge === null ? {} : { edge }) });
}
