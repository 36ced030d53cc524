// Adds a model, or changes what is said of one.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { pricesQuery, providersQuery } from "@/api/model-queries";
import { credentialsQuery } from "@/api/queries";
import type { LanguageModel, LanguageModelValues, ModelTier } from "@/api/types";
import { t } from "@/lib/i18n";
import { Select } from "@/ui/select";
import { Switch } from "@/ui/switch";
import { TextField } from "@/ui/text-field";
import { EditDialog } from "./edit-dialog";
import { ModelLimits } from "./model-limits";

const TIERS = ["premium", "standard", "efficient", "local"] as const;

const NEW: LanguageModelValues = {
  name: "",
  provider: "anthropic",
  model: "",
  credential: null,
  tier: "standard",
  is_on: true,
  position: 0,
  parallel: 8,
  tokens_a_minute: 0,
  input_nano: null,
  output_nano: null,
  cached_nano: null,
};

type Props = { readonly model: LanguageModel | null; readonly onClose: () => void };

export function ModelDialog({ model, onClose }: Props) {
  const [values, setValues] = useState<LanguageModelValues>(() => valuesOf(model ?? NEW));
  const change = (part: Partial<LanguageModelValues>) => setValues({ ...values, ...part });
  return (
    <EditDialog
      path="llm/models/"
      edited={model}
      addTitle={t("models.add")}
      body={values}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <ProviderChoice values={values} errors={errors} onChange={change} />
          <ModelName values={values} error={errors["model"]} onChange={change} />
          <TextField
            label={t("models.name")}
            help={t("models.nameHelp")}
            value={values.name}
            onChange={(event) => change({ name: event.target.value })}
            error={errors["name"]}
            maxLength={100}
            required
          />
          <Select
            label={t("models.tier")}
            help={t("models.tierHelp")}
            value={values.tier}
            options={TIERS.map((value) => ({ value, label: t(`models.tier.${value}`) }))}
            onChange={(value) => change({ tier: value as ModelTier })}
          />
          <ModelLimits values={values} errors={errors} onChange={change} />
          <Switch
            label={t("models.isOn")}
            checked={values.is_on}
            onChange={(is_on) => change({ is_on })}
          />
        </>
      )}
    </EditDialog>
  );
}

type PartProps = {
  readonly values: LanguageModelValues;
  readonly error: string | undefined;
  readonly onChange: (part: Partial<LanguageModelValues>) => void;
};

type ChoiceProps = Omit<PartProps, "error"> & { readonly errors: Readonly<Record<string, string>> };

/** Who answers, and the credential where one is needed. */
function ProviderChoice({ values, errors, onChange }: ChoiceProps) {
  const { data = [] } = useQuery(providersQuery);
  const chosen = data.find(({ id }) => id === values.provider);
  const type = chosen?.credential_type ?? null;
  return (
    <>
      <Select
        label={t("models.provider")}
        help={chosen?.problem ?? undefined}
        value={values.provider}
        options={data.map(({ id, title }) => ({ value: id, label: title }))}
        onChange={(provider) => onChange({ provider, credential: null })}
        error={errors["provider"]}
      />
      {type !== null && (
        <CredentialChoice
          type={type}
          values={values}
          error={errors["credential"]}
          onChange={onChange}
        />
      )}
    </>
  );
}

function CredentialChoice({
  type: wanted,
  values,
  error,
  onChange,
}: PartProps & { readonly type: string }) {
  const query = useQuery(credentialsQuery);
  const fitting = (query.data?.results ?? []).filter(({ type }) => type === wanted);
  return (
    <Select
      label={t("models.credential")}
      help={fitting.length === 0 ? t("models.credentialNone") : t("models.credentialHelp")}
      value={values.credential ?? ""}
      options={fitting.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(credential) => onChange({ credential })}
      error={error}
    />
  );
}

/** What the provider calls it, with those of the price list at hand. */
function ModelName({ values, error, onChange }: PartProps) {
  const { data } = useQuery(pricesQuery);
  const known = (data?.models ?? []).filter(({ provider }) => provider === values.provider);
  const take = (model: string) => {
    const listed = known.find((one) => one.model === model);
    const name = values.name === "" || values.name === values.model ? { name: model } : {};
    onChange({ model, ...name, ...(listed ? { tier: listed.tier } : {}) });
  };
  return (
    <>
      <TextField
        label={t("models.model")}
        help={data && t("models.modelHelp", { day: data.read_on })}
        value={values.model}
        onChange={(event) => take(event.target.value)}
        error={error}
        maxLength={200}
        list="known-models"
        spellCheck={false}
        required
      />
      <datalist id="known-models">
        {known.map(({ model }) => (
          <option key={model} value={model} />
        ))}
      </datalist>
    </>
  );
}

function valuesOf(model: LanguageModelValues): LanguageModelValues {
  const names = Object.keys(NEW) as (keyof LanguageModelValues)[];
  return Object.fromEntries(names.map((name) => [name, model[name]])) as LanguageModelValues;
}
