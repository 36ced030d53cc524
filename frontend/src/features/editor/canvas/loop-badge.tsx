// On the head of a loop: the turn it is in, of how many.

import { Repeat2 } from "lucide-react";
import { type NodeRun, useNodeRun } from "@/features/runs";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { firstOfBody, turnsExpected } from "../model/loops";
import type { WorkflowNode } from "../model/types";
import { useDocument } from "../store";

type Props = { readonly node: WorkflowNode; readonly run: NodeRun | undefined };

export function LoopBadge({ node, run }: Props) {
  const body = useDocument((document) => firstOfBody(document, node.id));
  return body === null ? null : <Turns node={node} run={run} body={body} />;
}

function Turns({ node, run, body }: Props & { readonly body: string }) {
  const turns = useNodeRun(body)?.runs ?? 0;
  if (turns === 0) return null;
  const all = run && run.runs === 1 ? turnsExpected(node, run.itemsIn) : null;
  const text =
    all === null || all < turns
      ? t("editor.turns", { count: turns })
      : t("editor.turnOf", { turn: turns, all: formatNumber(all) });
  return (
    <span className="node-detail absolute -top-2.5 start-3 flex items-center gap-1 rounded-full border border-line bg-raised px-1.5 text-2xs font-medium text-fg-muted tabular-nums shadow-control">
      <Icon icon={Repeat2} size={11} />
      {text}
    </span>
  );
}
