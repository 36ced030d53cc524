// A moment, chosen on the person's own clock and stored as an instant, so that no reader can mistake it.

import { t } from "@/lib/i18n";
import { Input } from "@/ui/input";
import { textOf } from "../model/json";
import type { ControlProps } from "./control";

const MINUTE_MS = 60_000;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The text that `<input type="datetime-local">` wants, on this machine's clock. */
export function localText(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 19);
}

export function instantOf(local: string): string {
  return new Date(local).toISOString().replace(".000Z", "Z");
}

export function DateControl({ field, value, onChange, naming, disabled }: ControlProps) {
  return (
    <span className="flex flex-col gap-1">
      <Input
        {...naming}
        type="datetime-local"
        step={1}
        value={localText(textOf(value))}
        disabled={disabled}
        onChange={({ target }) => {
          if (target.value === "") onChange(field.nullable ? null : "");
          else onChange(instantOf(target.value));
        }}
      />
      <span className="text-xs text-fg-subtle">{t("inspector.date.zone", { zone })}</span>
    </span>
  );
}
