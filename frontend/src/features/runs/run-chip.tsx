// The run on the canvas in one line: number, progress, what waits, what failed. Opens the log.

import "@/lib/messages/runs";
import { CircleX, Hourglass, X } from "lucide-react";
import { formatDuration } from "@/lib/format";
import { t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { isUnfinished, statusLook } from "@/lib/status";
import { toneText } from "@/ui/chip";
import { Icon } from "@/ui/icon";
import { IconButton } from "@/ui/icon-button";
import { useRun, useRunSummary } from "./hooks";
import { durationOf, nodeRunOf, type RunSummary } from "./model/run";
import { useRunCost } from "./use-run-cost";

type Props = {
  /** Nodes of the workflow. */
  readonly nodeCount: number;
  readonly nodeName: (id: string) => string;
  readonly onOpenLog: () => void;
  /** Absent where the run is the page's subject and cannot be taken away. */
  readonly onClear?: () => void;
};

export function RunChip({ nodeCount, nodeName, onOpenLog, onClear }: Props) {
  const summary = useRunSummary();
  if (!summary) return null;
  const { tone, icon, label, spins } = statusLook(summary.status);
  const name = nameOf(summary);
  return (
    <section
      aria-label={name}
      className="flex items-center gap-1 rounded-panel border border-line bg-surface p-1 shadow-panel"
    >
      <button
        type="button"
        onClick={onOpenLog}
        aria-label={t("runs.chip", { name, status: label })}
        className="flex min-h-control items-center gap-3 rounded-control px-2.5 text-base whitespace-nowrap hover:bg-hover"
      >
        <span className={`flex items-center gap-1.5 font-semibold ${toneText[tone]}`}>
          <Icon icon={icon} className={spins ? "animate-spin" : undefined} />
          {name}
        </span>
        <span className="text-fg-muted max-sm:hidden">
          {t("runs.nodesDone", { done: summary.done, all: nodeCount })}
        </span>
        <Duration summary={summary} />
        <Cost />
        <Count count={summary.waiting} icon={Hourglass} tone="text-human" label="runs.waiting" />
        <Count count={summary.failed} icon={CircleX} tone="text-error" label="runs.errors" />
      </button>
      {onClear && !isUnfinished(summary.status) && (
        <IconButton icon={X} size="small" label={t("runs.hide")} onClick={onClear} />
      )}
      <Announcement name={name} nodeName={nodeName} />
    </section>
  );
}

function nameOf({ number }: { readonly number: number | null }): string {
  return number === null ? t("runs.runUnnamed") : t("runs.run", { number });
}

function Duration({ summary }: { readonly summary: RunSummary }) {
  const durationMs = durationOf(summary);
  if (durationMs === null) return null;
  return <span className="text-fg-muted max-sm:hidden">{formatDuration(durationMs)}</span>;
}

/** What models cost in it so far; most runs ask none. */
function Cost() {
  const micro = useRunCost();
  if (micro === 0) return null;
  return (
    <span className="text-fg-muted" title={t("runs.cost")}>
      {formatMoney(micro)}
    </span>
  );
}

type CountProps = {
  readonly count: number;
  readonly icon: typeof CircleX;
  readonly tone: string;
  readonly label: "runs.waiting" | "runs.errors";
};

function Count({ count, icon, tone, label }: CountProps) {
  if (count === 0) return null;
  return (
    <span className={`flex items-center gap-1 font-medium ${tone}`}>
      <Icon icon={icon} />
      {t(label, { count })}
    </span>
  );
}

type AnnouncementProps = Pick<Props, "nodeName"> & { readonly name: string };

/** Says the end of a run, once, to those who do not see the canvas. */
function Announcement({ name, nodeName }: AnnouncementProps) {
  const run = useRun();
  const durationMs = run && durationOf(run);
  const failed = Object.entries(run?.steps ?? {}).filter(
    ([, steps]) => nodeRunOf(steps)?.status === "failed",
  );
  return (
    <span role="status" className="sr-only">
      {durationMs !== null && failed.length === 0
        ? t("runs.finished", { name, duration: formatDuration(durationMs) })
        : null}
      {durationMs !== null && failed.length > 0
        ? t("runs.finishedWithErrors", {
            name,
            count: failed.length,
            nodes: failed.map(([node]) => nodeName(node)).join(", "),
          })
        : null}
    </span>
  );
}
