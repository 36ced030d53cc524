// Keeps the marks of nodes whose shown results no longer hold, as the draft is changed and saved.

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { staleQuery } from "@/api/queries";
import type { StaleStep } from "@/api/types";
import { useRunSummary } from "@/features/runs";
import { isUnfinished } from "@/lib/status";
import { useDocumentState, useEditor } from "./store";

/** Why a run without a result would be made again: it failed, say, and nothing was changed since. */
const NOT_ENDED = "not_ended";
const NONE: ReadonlySet<string> = new Set();

export function useStale(): void {
  const { ui, workflowId } = useEditor();
  const revision = useDocumentState((state) => state.saved.revision);
  const run = useRunSummary();
  const hasEnded = run !== null && !isUnfinished(run.status);
  const { data } = useQuery({
    ...staleQuery(workflowId, run?.id ?? "", revision),
    enabled: hasEnded,
  });
  useEffect(() => {
    const stale = data?.steps.filter(isChanged).map((step) => step.node) ?? [];
    ui.setState({ stale: stale.length === 0 ? NONE : new Set(stale) });
  }, [ui, data]);
}

const isChanged = ({ is_stale, reason }: StaleStep): boolean => is_stale && reason !== NOT_ENDED;
