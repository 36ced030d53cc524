// What an expression gives for the item that is looked at, by the server's own evaluator.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/api/client";
import type { ExpressionPreview, JsonValue } from "@/api/types";
import { useEditor } from "@/features/editor";
import { useRunSummary } from "@/features/runs";
import { useInputData } from "../data/use-input-data";
import { useSources } from "../data/use-sources";
import { useInspected } from "../inspector-context";

const DEBOUNCE_MS = 250;
const NOTHING = "null";
/** As many items as the server takes with a preview. */
const MOST_ITEMS = 200;

export type Preview = {
  readonly answer: ExpressionPreview | null;
  /** The answer is for an earlier text. */
  readonly isStale: boolean;
  readonly itemIndex: number;
};

export function usePreview(template: string): Preview {
  return useValuePreview(template.trim() === "" ? null : { "=": template });
}

/** Of a whole parameter, however deep its expressions are; null asks nothing. */
export function useValuePreview(value: JsonValue): Preview {
  const { workflowId, docStore } = useEditor();
  const { node, itemIndex, turn } = useInspected();
  const run = useRunSummary();
  const execution = run?.id ?? null;
  const [parent] = useSources(node.id);
  const input = useInputData(parent);
  const first = Math.floor(itemIndex / MOST_ITEMS) * MOST_ITEMS;
  const items = input.items.slice(first, first + MOST_ITEMS);
  const asked = JSON.stringify(value);
  const settled = useSettled(asked, DEBOUNCE_MS);
  const { data, isPlaceholderData } = useQuery({
    queryKey: [
      "preview",
      workflowId,
      node.id,
      execution,
      // What had not run yet when it was asked for may have run since.
      run?.status,
      turn,
      itemIndex,
      items.length,
      settled,
    ],
    queryFn: ({ signal }) =>
      api.post<ExpressionPreview>(
        "expressions/preview/",
        {
          value: JSON.parse(settled),
          document: docStore.getState().document,
          node: node.id,
          item_index: itemIndex - first,
          ...(execution === null ? {} : { execution }),
          ...(items.length > 0 ? { items } : {}),
        },
        { signal },
      ),
    enabled: settled !== NOTHING,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
  const isCurrent = settled === asked && !isPlaceholderData;
  return { answer: value === null ? null : (data ?? null), isStale: !isCurrent, itemIndex };
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
