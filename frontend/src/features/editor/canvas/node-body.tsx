// The upper row of a card: tile, name, what the node will do, pin and problem marks.

import { CircleAlert, Pin, TriangleAlert } from "lucide-react";
import { memo } from "react";
import type { NodeSpec } from "@/api/types";
import { type Catalog, NodeTile, OffMark } from "@/features/palette";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import type { Severity } from "../model/problems";
import { summaryOf } from "../model/summary";
import type { WorkflowNode } from "../model/types";
import { NoteMark } from "./deferred-nodes";

type Props = {
  readonly node: WorkflowNode;
  readonly spec: NodeSpec | undefined;
  readonly catalog: Catalog;
  readonly severity: Severity | null;
  readonly pinned: boolean;
};

export const NodeBody = memo(function NodeBody({ node, spec, catalog, severity, pinned }: Props) {
  return (
    <div className="flex items-center gap-2.5 px-3 pt-3">
      <span data-tile className="shrink-0">
        <NodeTile catalog={catalog} spec={spec} />
      </span>
      <div className="node-text min-w-0 flex-1">
        <p className="flex items-center gap-1.5">
          <span className="truncate text-base font-semibold">{node.name}</span>
          {pinned && (
            <Icon icon={Pin} size={12} className="text-cached" label={t("editor.pinned")} />
          )}
          {node.notes && <NoteMark text={node.notes} />}
          <ProblemMark severity={severity} />
          <OffMark catalog={catalog} type={node.type} />
        </p>
        <p className="node-detail truncate text-2xs text-fg-subtle">
          {spec ? summaryOf(node, spec) : node.type}
        </p>
      </div>
    </div>
  );
});

export function ProblemMark({ severity }: { readonly severity: Severity | null }) {
  if (severity === null || severity === "hint") return null;
  const isError = severity === "error";
  return (
    <Icon
      icon={isError ? CircleAlert : TriangleAlert}
      size={13}
      className={isError ? "text-error" : "text-warn"}
      label={isError ? t("editor.hasError") : t("editor.hasWarning")}
    />
  );
}
