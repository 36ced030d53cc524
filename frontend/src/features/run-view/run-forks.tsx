// Forking from the node that is open or chosen: one action for menu, palette and key.

import "@/lib/messages/runs";
import { GitFork } from "lucide-react";
import { useState } from "react";
import type { Execution, StepRef } from "@/api/types";
import { chosenNode, nodeById, useEditor } from "@/features/editor";
import { useRunStore } from "@/features/runs";
import { useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { ForkDialog } from "./fork-dialog";

type Props = {
  readonly execution: Execution;
  readonly nodeName: (id: string) => string;
};

export function RunForks({ execution, nodeName }: Props) {
  const editor = useEditor();
  const store = useRunStore();
  const [from, setFrom] = useState<StepRef | null>(null);
  /** The latest run of the node, if it ran at all. */
  const step = (): StepRef | null => {
    const node = chosenNode(editor);
    const run = node === undefined ? undefined : store.nodeRun(node)?.latest.run;
    return node === undefined || run === undefined ? null : { node, run };
  };
  useActions([
    {
      id: "runs.fork",
      label: t("runs.fork"),
      group: t("runs.group"),
      scope: "page",
      icon: GitFork,
      keys: ["shift+k"],
      when: () => step() !== null,
      run: () => setFrom(step()),
    },
  ]);
  if (!from) return null;
  const type = nodeById(editor.docStore.getState().document, from.node)?.type;
  return (
    <ForkDialog
      executionId={execution.id}
      workflowId={execution.workflow.id}
      step={from}
      nodeName={nodeName(from.node)}
      isTrigger={type !== undefined && editor.catalog.byType(type)?.kind === "trigger"}
      onClose={() => setFrom(null)}
    />
  );
}
