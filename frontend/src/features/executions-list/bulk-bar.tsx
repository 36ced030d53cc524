// What can be done with many runs at once, asked again before it is done.

import { RotateCw, Square, Trash2, X } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth";
import { type MessageKey, t } from "@/lib/i18n";
import { isUnfinished, type StatusName } from "@/lib/status";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import type { ExecutionsSearch } from "./execution-filters";
import { type BulkAction, type BulkChoice, useBulk } from "./use-bulk";

type Props = {
  readonly chosen: ReadonlySet<string>;
  readonly search: ExecutionsSearch;
  readonly workflow: string | undefined;
  readonly onClear: () => void;
};

export function BulkBar({ chosen, search, workflow, onClear }: Props) {
  const [asked, setAsked] = useState<BulkAction | null>(null);
  const mayCancel = useCan("execution.cancel");
  const mayRetry = useCan("execution.retry");
  const mayDelete = useCan("execution.delete");
  const choice = choiceOf(chosen, search, workflow);
  if (!choice) return null;
  return (
    <section aria-label={t("executions.bulk")} className="flex flex-wrap items-center gap-2">
      <span role="status" className="text-fg-muted">
        {"ids" in choice
          ? t("executions.bulk.chosen", { count: choice.ids.length })
          : t("executions.bulk.all")}
      </span>
      {mayRetry && canMean(choice, isRetried) && (
        <Button size="small" icon={RotateCw} onClick={() => setAsked("retry")}>
          {t("executions.bulk.retry")}
        </Button>
      )}
      {mayCancel && canMean(choice, isUnfinished) && (
        <Button size="small" icon={Square} onClick={() => setAsked("cancel")}>
          {t("executions.bulk.cancel")}
        </Button>
      )}
      {mayDelete && "ids" in choice && (
        <Button size="small" icon={Trash2} onClick={() => setAsked("delete")}>
          {t("executions.bulk.delete")}
        </Button>
      )}
      {"ids" in choice && (
        <IconButton icon={X} size="small" label={t("executions.bulk.clear")} onClick={onClear} />
      )}
      {asked && (
        <ConfirmBulk
          action={asked}
          choice={choice}
          onClose={() => setAsked(null)}
          onDone={onClear}
        />
      )}
    </section>
  );
}

/** Null where nothing is chosen and no filter narrows what is meant. */
function choiceOf(
  chosen: ReadonlySet<string>,
  { status, mode, q, since, cost }: ExecutionsSearch,
  workflow: string | undefined,
): BulkChoice | null {
  if (chosen.size > 0) return { ids: [...chosen] };
  // A command's filter knows neither words nor times nor costs nor who started a run: tick what is meant.
  if (mode || q || since || cost || !(status || workflow)) return null;
  return { filter: { ...(status ? { status: [status] } : {}), ...(workflow ? { workflow } : {}) } };
}

const isRetried = (status: StatusName): boolean => !isUnfinished(status) && status !== "completed";

/** False where the filter lets through only runs for which the command does nothing. */
function canMean(choice: BulkChoice, takes: (status: StatusName) => boolean): boolean {
  const statuses = "filter" in choice ? choice.filter.status : undefined;
  return statuses === undefined || statuses.some((status) => takes(status as StatusName));
}

const TITLES = {
  cancel: "executions.bulk.cancelTitle",
  retry: "executions.bulk.retryTitle",
  delete: "executions.bulk.deleteTitle",
} as const satisfies Readonly<Record<BulkAction, MessageKey>>;

function textOf(action: BulkAction, choice: BulkChoice): string {
  if ("filter" in choice) return t("executions.bulk.textAll");
  const key = action === "delete" ? "executions.bulk.textDelete" : "executions.bulk.textChosen";
  return t(key, { count: choice.ids.length });
}

type ConfirmProps = {
  readonly action: BulkAction;
  readonly choice: BulkChoice;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

function ConfirmBulk({ action, choice, onClose, onDone }: ConfirmProps) {
  const bulk = useBulk(() => {
    onClose();
    onDone();
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t(TITLES[action])}
      description={textOf(action, choice)}
      confirmLabel={t(`executions.bulk.${action}`)}
      danger={action !== "retry"}
      busy={bulk.isPending}
      onConfirm={() => bulk.mutate({ action, choice })}
    />
  );
}
