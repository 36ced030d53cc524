// Workflows that are dragged onto a folder, by the names of their lines.

import type { DragEvent } from "react";

const MIME = "application/x-headrace-workflow";

export function takeAlong(event: DragEvent, id: string): void {
  event.dataTransfer.setData(MIME, id);
  event.dataTransfer.effectAllowed = "move";
}

export const isWorkflow = (event: DragEvent): boolean => event.dataTransfer.types.includes(MIME);

/** The id of the workflow that was dropped; empty where it was something else. */
export const droppedWorkflow = (event: DragEvent): string => event.dataTransfer.getData(MIME);
