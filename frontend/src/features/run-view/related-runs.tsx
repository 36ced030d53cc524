// The runs around a run: who called it, what it was forked from, what it called.

import "@/lib/messages/runs";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CornerDownRight, CornerLeftUp, GitFork } from "lucide-react";
import { childrenQuery, executionQuery } from "@/api/queries";
import type { ChildExecution, Execution } from "@/api/types";
import { useLatestRun } from "@/features/runs";
import { t } from "@/lib/i18n";
import { isUnfinished, statusLook } from "@/lib/status";
import { toneText } from "@/ui/chip";
import { Icon } from "@/ui/icon";

const CHIP =
  "inline-flex min-h-touch items-center gap-1.5 rounded-control border border-line bg-surface px-2 text-xs font-medium shadow-control hover:bg-hover";

/** Links up, in the top bar beside the run's own name. */
export function Origins({ execution }: { readonly execution: Execution }) {
  const { parent, forked_from: forked } = execution;
  return (
    <>
      {parent && (
        <Origin kind="parent" execution={parent.execution} search={{ node: parent.node }} />
      )}
      {forked && (
        <Origin
          kind="fork"
          execution={forked.execution}
          search={forked.seq ? { seq: forked.seq } : {}}
        />
      )}
    </>
  );
}

type OriginProps = {
  readonly kind: "parent" | "fork";
  readonly execution: string;
  readonly search: { readonly node?: string; readonly seq?: number };
};

function Origin({ kind, execution, search }: OriginProps) {
  const { data } = useQuery(executionQuery(execution));
  const run = data ? t("runs.run", { number: data.number }) : t("runs.anotherRun");
  const name = kind === "parent" && data ? `${data.workflow.name} · ${run}` : run;
  return (
    <Link
      to="/runs/$executionId"
      params={{ executionId: execution }}
      search={search}
      className={CHIP}
    >
      <Icon icon={kind === "parent" ? CornerLeftUp : GitFork} size={13} />
      <span className="max-sm:sr-only">
        {t(kind === "parent" ? "runs.calledBy" : "runs.forkedFrom", { name })}
      </span>
    </Link>
  );
}

type ChildrenProps = {
  readonly execution: Execution;
  /** Only what this node called; null: everything. */
  readonly node: string | null;
};

const SHOWN_AT_MOST = 4;
const REFRESH_MS = 2_000;

/** Links down, over the canvas. */
export function Children({ execution, node }: ChildrenProps) {
  const run = useLatestRun();
  const calls = Object.values(run?.steps ?? {}).some((steps) =>
    steps.some((step) => step.waiting?.for === "child"),
  );
  const { data } = useQuery({
    ...childrenQuery(execution.id),
    initialData: execution.children ?? [],
    enabled: calls || (execution.children ?? []).length > 0,
    refetchInterval: run !== null && isUnfinished(run.status) && calls ? REFRESH_MS : false,
  });
  const shown = data.filter((child) => node === null || child.node === node);
  if (shown.length === 0) return null;
  return (
    <nav aria-label={t("runs.children")} className="flex flex-col items-end gap-1.5">
      {shown.slice(-SHOWN_AT_MOST).map((child) => (
        <Child key={child.execution} child={child} />
      ))}
    </nav>
  );
}

function Child({ child }: { readonly child: ChildExecution }) {
  const { tone, icon, label } = statusLook(child.status);
  return (
    <Link
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
}
