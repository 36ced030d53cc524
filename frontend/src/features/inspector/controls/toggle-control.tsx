// On or off. The field's own label stands above, so the switch says its state in a word.

import { Switch as Radix } from "radix-ui";
import { t } from "@/lib/i18n";
import type { ControlProps } from "./control";

export function ToggleControl({ value, onChange, naming, disabled }: ControlProps) {
  const isOn = value === true;
  return (
    <span className="flex h-control items-center gap-2.5">
      <Radix.Root
        {...naming}
        checked={isOn}
        onCheckedChange={onChange}
        disabled={disabled}
        className="relative h-4.5 w-8 shrink-0 rounded-full bg-line-strong transition-colors duration-(--time-hover) after:absolute after:-inset-2 disabled:opacity-50 data-[state=checked]:bg-accent-solid contrast-more:border contrast-more:border-fg-subtle"
      >
        <Radix.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-fg-on-solid shadow-control transition-transform duration-(--time-hover) data-[state=checked]:translate-x-4" />
      </Radix.Root>
      <span aria-hidden="true" className="text-fg-muted">
        {isOn ? t("inspector.toggle.on") : t("inspector.toggle.off")}
      </span>
    </span>
  );
}
