// A write that may or may not have happened: says so, and takes a person's decision.

import "@/lib/messages/replays";
import "@/lib/messages/runs";
import { useMutation } from "@tanstack/react-query";
import { CircleHelp } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import type { Item, ItemsInDoubt, OutcomeDecision } from "@/api/types";
import { useCan } from "@/features/auth";
import { type MessageKey, t } from "@/lib/i18n";
import { parseItems } from "@/lib/items";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Icon } from "@/ui/icon";
import { Textarea } from "@/ui/textarea";
import { toast } from "@/ui/toast";
import { useLatestRun } from "../hooks";
import type { StepRun } from "../model/run";

type Props = {
  readonly step: StepRun;
  readonly nodeName: string;
  /** Opens the step; absent where it is already open. */
  readonly onShow?: () => void;
};

const DECISIONS: readonly OutcomeDecision[] = ["happened", "not_happened", "run_again"];

export function OutcomeBanner({ step, nodeName, onShow }: Props) {
  const [asked, setAsked] = useState<OutcomeDecision | null>(null);
  const mayDecide = useCan("execution.decide");
  return (
    <section
      aria-label={t("runs.outcome.of", { name: nodeName })}
      className="m-3 flex flex-col gap-2 rounded-control border border-warn-fill/50 bg-warn-soft p-3"
    >
      <p className="flex gap-2 font-medium text-warn">
        <Icon icon={CircleHelp} className="mt-px" />
        {onShow ? (
          <button
            type="button"
            onClick={onShow}
            className="text-start underline-offset-2 hover:underline"
          >
            {t("runs.outcome.title", { name: nodeName })}
          </button>
        ) : (
          t("runs.outcome.title", { name: nodeName })
        )}
      </p>
      <p className="text-xs text-fg">{t("runs.outcome.text")}</p>
      {step.inDoubt && <p className="text-xs text-fg">{doubtText(step.inDoubt)}</p>}
      <div className="flex flex-wrap gap-2 empty:hidden">
        {mayDecide &&
          DECISIONS.map((decision) => (
            <Button key={decision} size="small" onClick={() => setAsked(decision)}>
              {t(titleKey(decision))}
            </Button>
          ))}
      </div>
      {asked && (
        <DecisionDialog
          decision={asked}
          step={step}
          nodeName={nodeName}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}

const NAMED_AT_MOST = 10;

/** Items are counted from 1, as everywhere on the page. */
function doubtText({ items, count, done }: ItemsInDoubt): string {
  const named = items.slice(0, NAMED_AT_MOST).map((item) => t("runs.item", { number: item + 1 }));
  const all = count > named.length ? [...named, "…"] : named;
  return t("runs.outcome.inDoubt", { count, done, items: all.join(", ") });
}

const titleKey = (decision: OutcomeDecision): MessageKey => `runs.outcome.${decision}`;
const textKey = (decision: OutcomeDecision): MessageKey => `runs.outcome.${decision}.text`;

type DialogProps = Props & {
  readonly decision: OutcomeDecision;
  readonly onClose: () => void;
};

function DecisionDialog({ decision, step, nodeName, onClose }: DialogProps) {
  const execution = useLatestRun()?.id;
  const [text, setText] = useState("");
  const items = text.trim() === "" ? [] : parseItems<Item>(text);
  const problem = typeof items === "string" ? items : undefined;
  const decide = useMutation({
    mutationFn: () =>
      api.post<void>(`executions/${execution}/decide/`, {
        node: step.node,
        run: step.run,
        decision,
        ...(decision === "happened" && items.length > 0 ? { items } : {}),
      }),
    meta: { quiet: true },
    onSuccess: onClose,
    onError: (error) =>
      toast(t("runs.outcome.failed"), { kind: "error", description: messageOf(error) }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(titleKey(decision))}
      description={t(textKey(decision), { name: nodeName })}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            variant={decision === "run_again" ? "danger" : "primary"}
            busy={decide.isPending}
            disabled={problem !== undefined}
            onClick={() => decide.mutate()}
          >
            {t(titleKey(decision))}
          </Button>
        </>
      }
    >
      {decision === "happened" && (
        <Textarea
          label={t("runs.outcome.items")}
          help={t("runs.outcome.itemsHelp")}
          error={problem}
          optional
          rows={5}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      )}
    </Dialog>
  );
}
