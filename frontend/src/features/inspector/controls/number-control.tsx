// A number with its unit behind it, and a length of time as number and unit.

import { useState } from "react";
import type { JsonValue } from "@/api/types";
import { type MessageKey, t } from "@/lib/i18n";
import { Input } from "@/ui/input";
import { SelectInput } from "@/ui/select";
import { useDraft } from "../form/use-draft";
import { type DurationUnit, durationOf, secondsOf, UNITS } from "../model/duration";
import { textOf } from "../model/json";
import type { ControlProps } from "./control";

const NUMBER = /^-?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

function parseNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed) : undefined;
}

export function NumberControl({
  field,
  value,
  onChange,
  onTemplate,
  naming,
  disabled,
}: ControlProps) {
  const parse = (text: string): JsonValue | undefined =>
    text === "" && field.nullable ? null : parseNumber(text);
  const draft = useDraft(value, textOf, parse, onChange);
  const { unit, placeholder } = field.hints;
  return (
    <span className="relative flex items-center">
      <Input
        {...naming}
        inputMode="decimal"
        autoComplete="off"
        value={draft.text}
        placeholder={placeholder}
        disabled={disabled}
        {...(draft.isBroken && draft.text !== "" ? { "aria-invalid": true } : {})}
        className={unit ? "pe-16" : ""}
        onChange={({ target }) => {
          if (target.value.includes("{{")) onTemplate(target.value);
          else draft.type(target.value);
        }}
      />
      {unit && (
        <span className="pointer-events-none absolute end-2.5 text-xs text-fg-subtle">{unit}</span>
      )}
    </span>
  );
}

export function DurationControl({ field, value, onChange, naming, disabled }: ControlProps) {
  const seconds = typeof value === "number" ? value : null;
  const [chosen, setChosen] = useState<DurationUnit>(() => durationOf(seconds ?? 0).unit);
  const size = secondsOf({ amount: 1, unit: chosen });
  const draft = useDraft(
    seconds === null ? null : seconds / size,
    textOf,
    (text) => (text === "" && field.nullable ? null : parseNumber(text)),
    (amount) => onChange(typeof amount === "number" ? amount * size : null),
  );
  const setUnit = (unit: DurationUnit) => {
    setChosen(unit);
    const amount = parseNumber(draft.text);
    if (amount !== undefined) onChange(secondsOf({ amount, unit }));
  };
  return (
    <span className="flex gap-2">
      <Input
        {...naming}
        inputMode="decimal"
        autoComplete="off"
        value={draft.text}
        disabled={disabled}
        onChange={({ target }) => draft.type(target.value)}
      />
      <div className="w-32 shrink-0">
        <SelectInput
          aria-label={t("inspector.duration.unit", { label: field.label })}
          value={chosen}
          disabled={disabled}
          options={UNITS.map(([unit]) => ({ value: unit, label: t(unitKey(unit)) }))}
          onChange={(unit) => setUnit(unit as DurationUnit)}
        />
      </div>
    </span>
  );
}

const unitKey = (unit: DurationUnit): MessageKey => `inspector.duration.${unit}`;
