// Several cards of one step that are answered together: how many are selected, and what to do with them.

import { Check, X } from "lucide-react";
import { useState } from "react";
import type { Approval } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { deferred } from "@/ui/deferred";
import type { BulkDialogProps } from "./bulk-dialog";
import type { Answer } from "./model/swipe";
import { useBulk } from "./use-bulk";

const BulkDialog = deferred<BulkDialogProps>(() =>
  import("./bulk-dialog").then((module) => module.BulkDialog),
);

type Props = {
  readonly selected: readonly Approval[];
  /** How many of the step are loaded. */
  readonly alike: number;
  readonly onAll: () => void;
  readonly onClear: () => void;
};

export function BulkBar({ selected, alike, onAll, onClear }: Props) {
  const [asking, setAsking] = useState<Answer | null>(null);
  const decide = useBulk();
  if (selected.length === 0) return null;
  return (
    <section
      aria-label={t("inbox.bulk")}
      className="mb-2 flex flex-wrap items-center gap-2 rounded-panel border border-accent bg-accent-soft p-2"
    >
      <p role="status" className="flex-1 px-1 font-medium whitespace-nowrap">
        {t("inbox.selected", { count: selected.length })}
      </p>
      {selected.length < alike && (
        <Button size="small" variant="ghost" onClick={onAll}>
          {t("inbox.selectAll", { count: alike })}
        </Button>
      )}
      <Button size="small" variant="ghost" onClick={onClear}>
        {t("inbox.clear")}
      </Button>
      <Button size="small" icon={X} className="text-error" onClick={() => setAsking("reject")}>
        {t("inbox.reject")}
      </Button>
      <Button size="small" variant="primary" icon={Check} onClick={() => setAsking("approve")}>
        {t("inbox.approve")}
      </Button>
      {asking && (
        <BulkDialog
          approvals={selected}
          answer={asking}
          onClose={() => setAsking(null)}
          onDecide={(reason) => {
            decide(selected, { answer: asking, reason });
            onClear();
          }}
        />
      )}
    </section>
  );
}
