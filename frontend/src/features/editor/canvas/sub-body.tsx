// A sub-node's pill: what it is, and below its name how its latest call went or what it will do.

import { memo } from "react";
import type { NodeSpec } from "@/api/types";
import { type Catalog, NodeTile } from "@/features/palette";
import { useNodeProgress, useNodeRun } from "@/features/runs";
import { formatDuration, formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import { statusLook } from "@/lib/status";
import { toneText } from "@/ui/chip";
import { Icon } from "@/ui/icon";
import type { Severity } from "../model/problems";
import { summaryOf } from "../model/summary";
import type { WorkflowNode } from "../model/types";
import { NoteMark } from "./deferred-nodes";
import { ProblemMark } from "./node-body";
import { CostBadge } from "./node-status";

type Props = {
  readonly node: WorkflowNode;
  readonly spec: NodeSpec | undefined;
  readonly catalog: Catalog;
  readonly severity: Severity | null;
};

export const SubBody = memo(function SubBody({ node, spec, catalog, severity }: Props) {
  return (
    <div className="flex h-13 items-center gap-2 ps-2.5 pe-4">
      <span data-tile className="shrink-0">
        <NodeTile catalog={catalog} spec={spec} size="medium" className="rounded-full" />
      </span>
      <div className="node-text min-w-0 flex-1">
        <p className="flex items-center gap-1">
          <span className="truncate text-xs font-semibold">{node.name}</span>
          {node.notes && <NoteMark text={node.notes} />}
          <ProblemMark severity={severity} />
        </p>
        <SubState node={node} spec={spec} />
      </div>
    </div>
  );
});

function SubState({ node, spec }: Pick<Props, "node" | "spec">) {
  const run = useNodeRun(node.id);
  const progress = useNodeProgress(node.id);
  if (!spec) return <Line>{t("editor.missingType")}</Line>;
  if (node.disabled) return <Line>{t("editor.disabled")}</Line>;
  if (!run) return <Line>{summaryOf(node, spec)}</Line>;
  const { tone, icon, label, spins } = statusLook(run.status);
  return (
    <p className="node-status flex items-center gap-1 text-2xs text-fg-subtle">
      <span className={`flex min-w-0 items-center gap-1 ${toneText[tone]}`}>
        <Icon icon={icon} size={12} className={spins ? "motion-safe:animate-spin" : ""} />
        <span className="truncate">{(spins && progress?.text) || label}</span>
      </span>
      <span className="ms-auto flex shrink-0 gap-1">
        {run.runs > 1 && <span>×{formatNumber(run.runs)}</span>}
        <CostBadge id={node.id} />
        {run.durationMs !== null && <span>{formatDuration(run.durationMs)}</span>}
      </span>
    </p>
  );
}

function Line({ children }: { readonly children: string }) {
  return <p className="node-detail truncate text-2xs text-fg-subtle">{children}</p>;
}
