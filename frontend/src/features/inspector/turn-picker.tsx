// Which run of a node in a loop is looked at: "Turn 2.4, 7 of 12". There only where it ran twice.

import { ChevronLeft, ChevronRight, CircleX } from "lucide-react";
import { turnLabel, useNodeSteps } from "@/features/runs";
import { t } from "@/lib/i18n";
import { IconButton } from "@/ui/icon-button";
import { useInspectedStep } from "./data/use-turn";
import { useInspected } from "./inspector-context";

export function TurnPicker() {
  const { node, setTurn } = useInspected();
  const steps = useNodeSteps(node.id) ?? [];
  const shown = useInspectedStep();
  if (steps.length < 2 || !shown) return null;
  const at = steps.indexOf(shown);
  const show = (index: number) => setTurn(steps[index]?.run ?? null);
  const failed = steps.findIndex(
    (step, index) => index !== at && (step.status === "failed" || step.status === "unknown"),
  );
  return (
    <fieldset className="flex shrink-0 items-center text-xs whitespace-nowrap text-fg-muted">
      <legend className="sr-only">{t("inspector.turn.which")}</legend>
      <IconButton
        icon={ChevronLeft}
        size="small"
        label={t("inspector.turn.previous")}
        disabled={at <= 0}
        onClick={() => show(at - 1)}
      />
      <label className="flex items-center gap-1">
        <span className="max-sm:sr-only">
          {t("inspector.turn.label", { turn: turnLabel(shown.run) })}
        </span>
        <input
          type="number"
          min={1}
          max={steps.length}
          value={at + 1}
          aria-label={t("inspector.turn.number")}
          onChange={({ target }) => {
            if (target.valueAsNumber >= 1) show(Math.min(steps.length, target.valueAsNumber) - 1);
          }}
          className="field-sizing-content h-6 min-w-9 rounded-small border border-line-strong bg-surface px-1 text-center tabular-nums"
        />
        {t("inspector.turn.of", { count: steps.length })}
      </label>
      <IconButton
        icon={ChevronRight}
        size="small"
        label={t("inspector.turn.next")}
        disabled={at >= steps.length - 1}
        onClick={() => show(at + 1)}
      />
      {failed >= 0 && (
        <IconButton
          icon={CircleX}
          size="small"
          label={t("inspector.turn.failed")}
          className="text-error"
          onClick={() => show(failed)}
        />
      )}
    </fieldset>
  );
}
