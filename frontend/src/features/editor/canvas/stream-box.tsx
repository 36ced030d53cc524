// What an agent is saying or doing right now, in room that its card always keeps; at rest what it is told to do.

import { useNodeProgress, useNodeRun } from "@/features/runs";
import { cx } from "@/lib/cx";
import { isExpression } from "../model/ports";
import type { WorkflowNode } from "../model/types";

const TOLD = ["system", "prompt"] as const;

export function StreamBox({ node }: { readonly node: WorkflowNode }) {
  const progress = useNodeProgress(node.id);
  const run = useNodeRun(node.id);
  const isLive = run?.status === "running";
  const said = progress?.text ?? "";
  const text = said || toldTo(node);
  return (
    <div className="px-3">
      <div
        className={cx(
          "node-detail mt-2 flex h-10.5 flex-col overflow-hidden rounded-small bg-sunken px-2 py-1",
          said ? "justify-end" : "justify-start",
        )}
      >
        <p
          className={cx(
            "whitespace-pre-wrap break-words text-2xs",
            said ? "font-mono text-fg" : "line-clamp-2 text-fg-subtle",
          )}
        >
          {text}
          {isLive && <span aria-hidden="true" className="stream-caret" />}
        </p>
      </div>
    </div>
  );
}

function toldTo({ params }: WorkflowNode): string {
  const texts = TOLD.map((name) => params[name]);
  const said = texts.map((value) => (isExpression(value) ? value["="] : value));
  return said.find((value): value is string => typeof value === "string" && value !== "") ?? "";
}
