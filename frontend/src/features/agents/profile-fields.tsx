// The part of an agent's form that a new one and a known one have in common.

import { t } from "@/lib/i18n";
import { TextField } from "@/ui/text-field";
import type { Typed } from "./profile";

type Props = {
  readonly typed: Typed;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (part: Partial<Typed>) => void;
};

export function NameField({ typed, errors, onChange }: Props) {
  return (
    <TextField
      label={t("agents.name")}
      value={typed.name}
      onChange={(event) => onChange({ name: event.target.value })}
      error={errors["name"]}
      maxLength={200}
      required
    />
  );
}

export function ProfileFields({ typed, errors, onChange }: Props) {
  return (
    <>
      <TextField
        label={t("agents.description")}
        help={t("agents.descriptionHelp")}
        value={typed.description}
        onChange={(event) => onChange({ description: event.target.value })}
        error={errors["description"]}
        optional
      />
      <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
        <TextField
          label={t("agents.layer")}
          help={t("agents.layerHelp")}
          value={typed.layer}
          onChange={(event) => onChange({ layer: event.target.value })}
          error={errors["layer"]}
          maxLength={60}
          optional
        />
        <TextField
          label={t("agents.skills")}
          help={t("agents.skillsHelp")}
          value={typed.skills}
          onChange={(event) => onChange({ skills: event.target.value })}
          error={errors["skills"]}
          optional
        />
        <TextField
          label={t("agents.runLimit")}
          value={typed.runLimit}
          inputMode="decimal"
          onChange={(event) => onChange({ runLimit: event.target.value })}
          error={errors["max_cost_run_micro"]}
          optional
        />
        <TextField
          label={t("agents.dayLimit")}
          value={typed.dayLimit}
          inputMode="decimal"
          onChange={(event) => onChange({ dayLimit: event.target.value })}
          error={errors["max_cost_day_micro"]}
          optional
        />
        <TextField
          label={t("agents.atOnce")}
          help={t("agents.limitHelp")}
          value={typed.atOnce}
          inputMode="numeric"
          onChange={(event) => onChange({ atOnce: event.target.value })}
          error={errors["max_concurrent"]}
          optional
        />
      </div>
    </>
  );
}
