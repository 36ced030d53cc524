// The button: one primary per view, secondary by default, ghost in toolbars, danger to destroy.

import { LoaderCircle, type LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "@/lib/cx";
import { Icon } from "./icon";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "small" | "medium" | "large";

const BASE =
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap select-none transition-colors duration-(--time-hover) disabled:opacity-50 aria-disabled:opacity-50";

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary: "bg-accent-solid text-fg-on-solid shadow-control hover:bg-accent-solid-hover",
  secondary: "border border-line-strong bg-raised text-fg shadow-control hover:bg-sunken",
  ghost: "text-fg-muted hover:bg-hover hover:text-fg",
  danger: "bg-error-solid text-fg-on-solid shadow-control hover:opacity-90",
};

const SIZES: Readonly<Record<ButtonSize, string>> = {
  small: "min-h-touch px-2 py-0.5 text-xs",
  medium: "h-control px-3 text-base",
  large: "h-10 px-4 text-md max-sm:h-12",
};

/** The button's look, for links and triggers that must be another element. */
export function buttonClass(variant: ButtonVariant = "secondary", size: ButtonSize = "medium") {
  return cx(BASE, VARIANTS[variant], SIZES[size]);
}

export type ButtonProps = ComponentProps<"button"> & {
  readonly variant?: ButtonVariant | undefined;
  readonly size?: ButtonSize | undefined;
  readonly icon?: LucideIcon | undefined;
  /** Work is under way: shows a spinner and takes no second press. */
  readonly busy?: boolean | undefined;
};

export function Button(props: ButtonProps) {
  const { variant, size, icon, busy, className, children, ...rest } = props;
  const shown = busy ? LoaderCircle : icon;
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
      className={cx(buttonClass(variant, size), className)}
    >
      {shown && <Icon icon={shown} className={busy ? "animate-spin" : undefined} />}
      {children}
    </button>
  );
}
