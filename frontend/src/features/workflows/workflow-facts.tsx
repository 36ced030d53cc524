// The parts that list and grid show of a workflow.

import "@/lib/messages/pages";
import { Link } from "@tanstack/react-router";
import { CircleDot, PencilRuler } from "lucide-react";
import type { WorkflowRow } from "@/api/types";
import { formatMoment, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Chip } from "@/ui/chip";
import { StatusChip } from "@/ui/status-chip";
import { takeAlong } from "./dragging";

type Props = { readonly row: WorkflowRow };

export function WorkflowLink({ row }: Props) {
  return (
    <Link
      to="/w/$workflowId"
      params={{ workflowId: row.id }}
      onDragStart={(event) => takeAlong(event, row.id)}
      className="rounded-small font-semibold wrap-anywhere hover:text-accent"
    >
      {row.name}
    </Link>
  );
}

export function WorkflowState({ row }: Props) {
  if (!row.active) return <Chip icon={PencilRuler}>{t("workflows.draft")}</Chip>;
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <Chip tone="success" icon={CircleDot}>
        {t("workflows.active")}
      </Chip>
      {row.has_unpublished_changes && <Chip tone="warn">{t("workflows.changed")}</Chip>}
    </span>
  );
}

export function LastRun({ row }: Props) {
  const run = row.last_execution;
  if (!run) return <span className="text-fg-subtle">{t("common.never")}</span>;
  return (
    <Link
      to="/runs/$executionId"
      params={{ executionId: run.id }}
      className="inline-flex flex-wrap items-center gap-x-2 rounded-small hover:underline"
    >
      <StatusChip status={run.status} plain />
      {run.started_at && (
        <span className="text-xs text-fg-subtle">{formatRelative(run.started_at)}</span>
      )}
    </Link>
  );
}

export function Updated({ row }: Props) {
  return (
    <span className="text-fg-muted" title={formatMoment(row.updated_at)}>
      {formatRelative(row.updated_at)}
      {row.updated_by && (
        <span className="text-fg-subtle">{t("workflows.by", { name: row.updated_by.name })}</span>
      )}
    </span>
  );
}

/** `triggers.webhook` → `Webhook`. */
export function triggerNames(row: WorkflowRow): string {
  const names = row.trigger_types.map((type) => {
    const words = (type.split(".").at(-1) ?? type).replaceAll("_", " ");
    return words.charAt(0).toUpperCase() + words.slice(1);
  });
  return [...new Set(names)].join(", ") || t("common.none");
}
