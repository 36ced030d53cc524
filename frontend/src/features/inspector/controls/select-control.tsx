// One of a few, and any of a few.

import { Check } from "lucide-react";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { SelectInput } from "@/ui/select";
import { type Field, optionsOf } from "../model/fields";
import { listOf } from "../model/json";
import type { ControlProps } from "./control";

export function SelectControl({ field, value, onChange, naming, disabled }: ControlProps) {
  const options = optionsOf(field);
  const none = { value: "", label: t("inspector.select.none") };
  const isText = field.schema["type"] === "string" || field.schema["type"] === undefined;
  return (
    <SelectInput
      {...naming}
      value={value === null || value === undefined ? "" : String(value)}
      options={field.nullable ? [none, ...options] : options}
      disabled={disabled}
      placeholder={field.hints.placeholder || t("inspector.select.choose")}
      onChange={(chosen) => {
        if (chosen === "" && field.nullable) onChange(null);
        else onChange(isText ? chosen : declared(field, chosen));
      }}
    />
  );
}

/** The declared value behind a choice: a number, say. */
function declared(field: Field, chosen: string) {
  return listOf(field.schema["enum"]).find((value) => String(value) === chosen) ?? chosen;
}

export function MultiselectControl({ field, value, onChange, naming, disabled }: ControlProps) {
  const chosen = listOf(value).map(String);
  const options = optionsOf(field);
  const toggle = (option: string) => {
    const next = new Set(chosen);
    if (!next.delete(option)) next.add(option);
    onChange(options.map((one) => one.value).filter((one) => next.has(one)));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border.
    <div {...naming} role="group" aria-label={field.label} className="flex flex-wrap gap-1.5">
      {options.map((option) => {
        const isChosen = chosen.includes(option.value);
        return (
          <button
            key={option.value}
            type="button"
            aria-pressed={isChosen}
            disabled={disabled}
            onClick={() => toggle(option.value)}
            className="inline-flex min-h-7 items-center gap-1 rounded-full border border-line-strong px-2.5 text-xs font-medium text-fg-muted hover:border-fg-subtle disabled:opacity-50 aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent max-sm:min-h-touch"
          >
            {isChosen && <Icon icon={Check} size={13} />}
            {option.label}
          </button>
        );
      })}
    </div>
  );
}
