// What can be done with many runs at once, asked again before it is done.

import { RotateCw, Square, X } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth";
import { t } from "@/lib/i18n";
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
  const bulk = useBulk(() => {
    setAsked(null);
    onClear();
  });
  const all = chosen.size === 0;
  const choice: BulkChoice = all ? { filter: filterOf(search, workflow) } : { ids: [...chosen] };
  const isFiltered = Boolean(search.status || workflow);
  // The server's filter does not know who started a run; those are chosen by ticking them.
  if (all && (!isFiltered || search.mode)) return null;
  const isRetry = asked === "retry";
  return (
    <section aria-label={t("executions.bulk")} className="flex flex-wrap items-center gap-2">
      <span role="status" className="text-fg-muted">
        {all ? t("executions.bulk.all") : t("executions.bulk.chosen", { count: chosen.size })}
      </span>
      {mayRetry && (
        <Button size="small" icon={RotateCw} onClick={() => setAsked("retry")}>
          {t("executions.bulk.retry")}
        </Button>
      )}
      {mayCancel && (
        <Button size="small" icon={Square} onClick={() => setAsked("cancel")}>
          {t("executions.bulk.cancel")}
        </Button>
      )}
      {!all && (
        <IconButton icon={X} size="small" label={t("executions.bulk.clear")} onClick={onClear} />
      )}
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={() => setAsked(null)}
        title={isRetry ? t("executions.bulk.retryTitle") : t("executions.bulk.cancelTitle")}
        description={
          all
            ? t("executions.bulk.textAll")
            : t("executions.bulk.textChosen", { count: chosen.size })
        }
        confirmLabel={isRetry ? t("executions.bulk.retry") : t("executions.bulk.cancel")}
        danger={!isRetry}
        busy={bulk.isPending}
        onConfirm={() => asked && bulk.mutate({ action: asked, choice })}
      />
    </section>
  );
}

function filterOf({ status }: ExecutionsSearch, workflow: string | undefined) {
  return { ...(status ? { status: [status] } : {}), ...(workflow ? { workflow } : {}) };
}
