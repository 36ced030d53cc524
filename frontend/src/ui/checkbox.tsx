// A choice that takes effect with the rest of its form.

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cx } from "@/lib/cx";
import { Icon } from "./icon";

type Props = {
  readonly label: ReactNode;
  readonly checked: boolean | "indeterminate";
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly hideLabel?: boolean;
};

export function Checkbox({ label, checked, onChange, disabled, hideLabel }: Props) {
  const id = useId();
  return (
    <div className="flex min-h-touch items-center gap-2">
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => onChange(next === true)}
        disabled={disabled ?? false}
        className="relative flex size-4 shrink-0 items-center justify-center rounded-sm border border-fg-subtle bg-surface text-fg-on-solid after:absolute after:-inset-2 disabled:opacity-50 data-[state=checked]:border-accent-solid data-[state=checked]:bg-accent-solid data-[state=indeterminate]:border-accent-solid data-[state=indeterminate]:bg-accent-solid"
      >
        <Radix.Indicator>
          <Icon icon={checked === "indeterminate" ? Minus : Check} size={12} />
        </Radix.Indicator>
      </Radix.Root>
      <label htmlFor={id} className={cx("text-base", hideLabel && "sr-only")}>
        {label}
      </label>
    </div>
  );
}
