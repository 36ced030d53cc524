// A button that is only an icon: its name is required and shown as a tooltip.

import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "@/lib/cx";
import { Icon } from "./icon";
import { Tooltip } from "./tooltip";

type Props = Omit<ComponentProps<"button">, "aria-label" | "children"> & {
  readonly icon: LucideIcon;
  readonly label: string;
  /** Key chord shown in the tooltip, such as `mod+k`. */
  readonly keys?: string | undefined;
  /** For switches: whether it is on. */
  readonly pressed?: boolean | undefined;
  readonly size?: "small" | "medium";
  readonly variant?: "ghost" | "outline";
  readonly tooltipSide?: "top" | "right" | "bottom" | "left";
};

export function IconButton(props: Props) {
  const { icon, label, keys, pressed, size, variant, tooltipSide, className, ...rest } = props;
  return (
    <Tooltip text={label} keys={keys} side={tooltipSide}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={cx(
          "inline-flex shrink-0 items-center justify-center rounded-control transition-colors duration-(--time-hover) disabled:opacity-40",
          size === "small" ? "size-touch rounded-small" : "size-control",
          variant === "outline" && "border border-line-strong bg-raised shadow-control",
          pressed
            ? "bg-accent-soft text-accent"
            : "text-fg-muted hover:bg-hover hover:text-fg data-[state=open]:bg-hover",
          className,
        )}
      >
        <Icon icon={icon} />
      </button>
    </Tooltip>
  );
}
