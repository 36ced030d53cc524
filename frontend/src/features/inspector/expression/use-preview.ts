// What an expression gives for the item that is looked at, by the server's own evaluator.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/api/client";
import type { ExpressionPreview } from "@/api/types";
import { useEditor } from "@/features/editor";
import { useRunSummary } from "@/features/runs";
import { useInputData } from "../data/use-input-data";
import { useSources } from "../data/use-sources";
import { useInspected } from "../inspector-context";

const DEBOUNCE_MS = 250;
/** As many items as the server takes with a preview. */
const MOST_ITEMS = 200;

export type Preview = {
  readonly answer: ExpressionPreview | null;
  /** The answer is for an earlier text. */
  readonly isStale: boolean;
  readonly itemIndex: number;
};

export function usePreview(template: string): Preview {
  const { workflowId, docStore } = useEditor();
  const { node, itemIndex, turn } = useInspected();
  const execution = useRunSummary()?.id ?? null;
  const [parent] = useSources(node.id);
  const input = useInputData(parent);
  const first = Math.floor(itemIndex / MOST_ITEMS) * MOST_ITEMS;
  const items = input.items.slice(first, first + MOST_ITEMS);
  const settled = useSettled(template, DEBOUNCE_MS);
  const { data, isPlaceholderData } = useQuery({
    queryKey: ["preview", workflowId, node.id, execution, turn, itemIndex, items.length, settled],
    queryFn: ({ signal }) =>
      api.post<ExpressionPreview>(
        "expressions/preview/",
        {
          value: { "=": settled },
          document: docStore.getState().document,
          node: node.id,
          item_index: itemIndex - first,
          ...(execution === null ? {} : { execution }),
          ...(items.length > 0 ? { items } : {}),
        },
        { signal },
      ),
    enabled: settled.trim() !== "",
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
  const isCurrent = settled === template && !isPlaceholderData;
  return { answer: template.trim() === "" ? null : (data ?? null), isStale: !isCurrent, itemIndex };
}

/** The value once it has not changed for a while. */
function useSettled<T>(value: T, delayMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
