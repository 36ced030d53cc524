// Limits and own prices of a model: what most people leave alone.

import type { LanguageModelValues } from "@/api/types";
import { t } from "@/lib/i18n";
import { TextField } from "@/ui/text-field";

type Props = {
  readonly values: LanguageModelValues;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (part: Partial<LanguageModelValues>) => void;
};

/** A price is shown in dollars for a million tokens and kept in thousandths of that. */
const NANO = 1_000;
const COUNTS = ["position", "parallel", "tokens_a_minute"] as const;
const PRICES = ["input_nano", "output_nano", "cached_nano"] as const;

export function ModelLimits({ values, errors, onChange }: Props) {
  return (
    <details>
      <summary className="cursor-pointer rounded-small text-fg-muted">{t("models.limits")}</summary>
      <div className="grid grid-cols-3 gap-3 pt-3 max-sm:grid-cols-1">
        {COUNTS.map((name) => (
          <TextField
            key={name}
            type="number"
            min={0}
            step={1}
            label={t(`models.${name}`)}
            value={values[name]}
            onChange={(event) => onChange({ [name]: Math.trunc(Number(event.target.value)) || 0 })}
            error={errors[name]}
          />
        ))}
        {PRICES.map((name) => (
          <TextField
            key={name}
            type="number"
            min={0}
            step="any"
            label={t(`models.${name}`)}
            placeholder={t("models.byList")}
            value={shown(values[name])}
            onChange={(event) => onChange({ [name]: kept(event.target.value) })}
            error={errors[name]}
          />
        ))}
      </div>
    </details>
  );
}

function shown(nano: number | null): string {
  return nano === null ? "" : String(nano / NANO);
}

function kept(text: string): number | null {
  return text === "" ? null : Math.round(Number(text) * NANO);
}
