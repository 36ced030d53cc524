// On or off, at once.

import { type ReactNode, useId } from "react";
import { cx } from "@/lib/cx";

type Props = {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly help?: ReactNode;
  readonly disabled?: boolean;
  readonly hideLabel?: boolean;
};

export function Switch({ label, checked, onChange, help, disabled, hideLabel }: Props) {
  const id = useId();
  return (
    <div className="flex min-h-touch items-start gap-2.5">
      <button
        type="button"
        role="switch"
        id={id}
        aria-checked={checked}
        data-state={checked ? "checked" : "unchecked"}
        onClick={() => onChange(!checked)}
        disabled={disabled ?? false}
        aria-describedby={help ? `${id}-help` : undefined}
        className="relative mt-px h-4.5 w-8 shrink-0 rounded-full bg-line-strong transition-colors duration-(--time-hover) after:absolute after:-inset-2 disabled:opacity-50 data-[state=checked]:bg-accent-solid contrast-more:border contrast-more:border-fg-subtle"
      >
        <span
          className={cx(
            "block size-3.5 rounded-full bg-fg-on-solid shadow-control transition-transform duration-(--time-hover)",
            checked ? "translate-x-4" : "translate-x-0.5",
          )}
        />
      </button>
      <div className={cx(hideLabel && "sr-only")}>
        <label htmlFor={id} className="text-base">
          {label}
        </label>
        {help && (
          <p id={`${id}-help`} className="text-xs text-fg-subtle">
            {help}
          </p>
        )}
      </div>
    </div>
  );
}
