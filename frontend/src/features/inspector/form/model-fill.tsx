// A parameter that the model which calls this tool fills in: the switch for it, and what the model is told.

import "@/lib/messages/agents";
import { Sparkles } from "lucide-react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { TextareaInput } from "@/ui/input";
import { Tooltip } from "@/ui/tooltip";
import type { ControlNaming } from "../controls/control";
import { descriptionOf, type ModelFill } from "../model/stored-value";

type ToggleProps = {
  readonly label: string;
  readonly isFilled: boolean;
  readonly onToggle: () => void;
  readonly disabled: boolean;
  readonly compact?: boolean;
};

export function FillToggle({ label, isFilled, onToggle, disabled, compact }: ToggleProps) {
  return (
    <Tooltip text={t(isFilled ? "agents.fill.off" : "agents.fill.on")}>
      <button
        type="button"
        aria-label={t("agents.fill.toggle", { label })}
        aria-pressed={isFilled}
        disabled={disabled}
        onClick={onToggle}
        className={cx(
          "inline-flex shrink-0 items-center gap-1 rounded-small text-xs font-medium",
          compact ? "size-touch justify-center" : "min-h-5 px-1.5",
          isFilled ? "bg-accent-soft text-accent" : "text-fg-subtle hover:bg-hover hover:text-fg",
        )}
      >
        <Icon icon={Sparkles} size={13} />
        {!compact && t("agents.fill.model")}
      </button>
    </Tooltip>
  );
}

type FieldProps = {
  readonly fill: ModelFill;
  readonly naming: ControlNaming;
  readonly disabled: boolean;
  readonly onDescription: (description: string) => void;
  readonly onBlur: () => void;
};

export function FillField({ fill, naming, disabled, onDescription, onBlur }: FieldProps) {
  return (
    <div className="flex flex-col gap-1 rounded-control border border-dashed border-accent/50 bg-accent-soft/40 p-2">
      <p className="flex items-center gap-1.5 text-xs text-fg-muted">
        <Icon icon={Sparkles} size={13} className="text-accent" />
        {t("agents.fill.text")}
      </p>
      <TextareaInput
        {...naming}
        rows={2}
        value={descriptionOf(fill)}
        placeholder={t("agents.fill.placeholder")}
        disabled={disabled}
        onChange={(event) => onDescription(event.currentTarget.value)}
        onBlur={onBlur}
      />
    </div>
  );
}
