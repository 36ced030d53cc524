// Switches a value between fixed and expression.

import { Braces } from "lucide-react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { Tooltip } from "@/ui/tooltip";

type Props = {
  readonly label: string;
  readonly isExpression: boolean;
  readonly onToggle: () => void;
  readonly disabled: boolean;
  /** The icon alone, beside controls in rows. */
  readonly compact?: boolean;
};

export function ModeToggle({ label, isExpression, onToggle, disabled, compact }: Props) {
  const word = t(isExpression ? "inspector.mode.expression" : "inspector.mode.fixed");
  return (
    <Tooltip text={t(isExpression ? "inspector.mode.toFixed" : "inspector.mode.toExpression")}>
      <button
        type="button"
        aria-label={t("inspector.mode.toggle", { label })}
        aria-pressed={isExpression}
        disabled={disabled}
        onClick={onToggle}
        className={cx(
          "inline-flex shrink-0 items-center gap-1 rounded-small text-xs font-medium transition-colors duration-(--time-hover)",
          compact ? "size-touch justify-center" : "min-h-5 px-1.5",
          isExpression
            ? "bg-accent-soft text-accent"
            : "text-fg-subtle hover:bg-hover hover:text-fg",
        )}
      >
        <Icon icon={Braces} size={13} />
        {!compact && word}
      </button>
    </Tooltip>
  );
}
