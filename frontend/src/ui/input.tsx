// The bare one-line and many-line inputs, for use inside a Field or with their own name.

import type { ComponentProps } from "react";
import { cx } from "@/lib/cx";

const CONTROL =
  "w-full min-w-0 rounded-control border border-line-strong bg-surface px-2.5 text-base text-fg shadow-control transition-colors duration-(--time-hover) hover:border-fg-subtle focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-fg-subtle aria-invalid:border-error-fill";

/** The look of a text control, for controls made of other elements. */
export const controlClass = CONTROL;

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      type="text"
      {...rest}
      className={cx(CONTROL, "h-control read-only:bg-sunken", className)}
    />
  );
}

export function TextareaInput({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={4}
      {...rest}
      className={cx(CONTROL, "min-h-control resize-y py-1.5", className)}
    />
  );
}
