// The runs around a run: who called it, what it was forked from, what it called.

import { Link } from "@tanstack/react-router";
import { CornerDownRight, CornerLeftUp, GitFork } from "lucide-react";
import type { ChildExecution, Execution } from "@/api/types";
import { t } from "@/lib/i18n";
import { statusLook } from "@/lib/status";
import { toneText } from "@/ui/chip";
import { Icon } from "@/ui/icon";

const CHIP =
  "inline-flex min-h-touch items-center gap-1.5 rounded-control border border-line bg-surface px-2 text-xs font-medium shadow-control hover:bg-hover";

const nameOf = (number: number | undefined): string =>
  number === undefined ? t("runs.anotherRun") : t("runs.run", { number });

/** Links up, in the top bar beside the run's own name. */
export function Origins({ execution }: { readonly execution: Execution }) {
  const { parent, forked_from: forked } = execution;
  return (
    <>
      {parent && (
        <Link
          to="/runs/$executionId"
          params={{ executionId: parent.execution }}
          search={{ node: parent.node }}
          className={CHIP}
        >
          <Icon icon={CornerLeftUp} size={13} />
          {t("runs.calledBy", { name: nameOf(parent.number) })}
        </Link>
      )}
      {forked && (
        <Link
          to="/runs/$executionId"
          params={{ executionId: forked.execution }}
          search={forked.seq > 0 ? { seq: forked.seq } : {}}
          className={CHIP}
        >
          <Icon icon={GitFork} size={13} />
          {t("runs.forkedFrom", { name: nameOf(forked.number) })}
        </Link>
      )}
    </>
  );
}

type ChildrenProps = {
  readonly rows: readonly ChildExecution[];
  /** Only what this node called; absent: everything. */
  readonly node?: string | null;
};

const SHOWN_AT_MOST = 6;

/** Links down, at the foot of the canvas. */
export function Children({ rows, node = null }: ChildrenProps) {
  const shown = node === null ? rows : rows.filter((child) => child.node === node);
  if (shown.length === 0) return null;
  return (
    <nav aria-label={t("runs.children")} className="flex flex-wrap justify-end gap-1.5">
      {shown.slice(-SHOWN_AT_MOST).map((child) => {
        const { tone, icon, label } = statusLook(child.status);
        return (
          <Link
            key={child.execution}
            to="/runs/$executionId"
            params={{ executionId: child.execution }}
            aria-label={t("runs.childOf", {
              workflow: child.workflow_name,
              number: child.number,
              status: label,
            })}
            className={CHIP}
          >
            <Icon icon={CornerDownRight} size={13} className="text-fg-muted" />
            {child.workflow_name} #{child.number}
            <Icon icon={icon} size={13} className={toneText[tone]} />
          </Link>
        );
      })}
    </nav>
  );
}
