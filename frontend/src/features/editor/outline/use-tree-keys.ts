// Up and down through the outline. Every other key means what it means on the canvas.

import { type KeyboardEvent, type RefObject, useCallback } from "react";
import type { Editor } from "../editor-context";
import { selectElement } from "../select-element";

// Left and right would leave the tree for the canvas; here nothing folds, so they stay put.
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  ArrowLeft: 0,
  ArrowRight: 0,
};

export function useTreeKeys(editor: Editor, tree: RefObject<HTMLElement | null>) {
  return useCallback(
    (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const rows = [...(tree.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      const target = targetOf(event.key, at, rows.length);
      const row = target === null ? undefined : rows[target];
      if (!row) return;
      event.preventDefault();
      event.stopPropagation();
      selectElement(editor, row.dataset["row"] ?? "");
      row.focus();
    },
    [editor, tree],
  );
}

function targetOf(key: string, at: number, count: number): number | null {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = STEPS[key];
  return step === undefined ? null : Math.max(0, Math.min(count - 1, at + step));
}
