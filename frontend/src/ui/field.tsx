// The frame of one form field: label, control, help and error, tied together for assistive software.

import { type ReactNode, useId } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";

/** What the control inside must carry. */
export type FieldControl = {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
  readonly "aria-required": true | undefined;
};

export type FieldFrame = {
  readonly label: ReactNode;
  readonly help?: ReactNode;
  readonly error?: string | null | undefined;
  readonly required?: boolean | undefined;
  /** Says "optional" behind the label. */
  readonly optional?: boolean | undefined;
  readonly hideLabel?: boolean | undefined;
  /** Stands at the right of the label. */
  readonly aside?: ReactNode;
  readonly className?: string | undefined;
};

type Props = FieldFrame & { readonly children: (control: FieldControl) => ReactNode };

export function Field(props: Props) {
  const { label, help, error, required, optional, hideLabel, aside, className, children } = props;
  const id = useId();
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const describedBy = cx(Boolean(error) && errorId, Boolean(help) && helpId) || undefined;
  return (
    <div className={cx("flex min-w-0 flex-col gap-1.5", className)}>
      <div className={cx("flex items-center justify-between gap-2", hideLabel && "sr-only")}>
        <label htmlFor={id} className="text-xs font-medium text-fg-muted">
          {label}
          {optional && (
            <span className="ms-1.5 font-normal text-fg-subtle">{t("common.optional")}</span>
          )}
        </label>
        {aside}
      </div>
      {children({
        id,
        "aria-describedby": describedBy,
        "aria-invalid": error ? true : undefined,
        "aria-required": required ? true : undefined,
      })}
      {error && (
        <p id={errorId} role="alert" className="text-xs text-error">
          {error}
        </p>
      )}
      {help && (
        <p id={helpId} className="text-xs text-fg-subtle">
          {help}
        </p>
      )}
    </div>
  );
}
