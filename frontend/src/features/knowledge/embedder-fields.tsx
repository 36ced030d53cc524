// By which model the vectors of a new collection are made. It cannot be changed later.

import { useQuery } from "@tanstack/react-query";
import { embeddersQuery } from "@/api/model-queries";
import { credentialsQuery } from "@/api/queries";
import type { ModelProvider } from "@/api/types";
import { t } from "@/lib/i18n";
import { Select } from "@/ui/select";
import { TextField } from "@/ui/text-field";

/** Lengths of vectors that can be kept, as `DIMS` on the server. */
const DIMS = [384, 768, 1024, 1536, 3072] as const;
/** What OpenAI makes, as its API reference says. */
const KNOWN: Readonly<Record<string, number>> = {
  "text-embedding-3-small": 1536,
  "text-embedding-3-large": 3072,
  "text-embedding-ada-002": 1536,
};

export type EmbedderValues = {
  readonly embedder: string;
  readonly model: string;
  readonly dim: number;
  readonly credential: string | null;
};

export const LOCAL: EmbedderValues = { embedder: "local", model: "", dim: 1536, credential: null };

type Props = {
  readonly value: EmbedderValues;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (value: EmbedderValues) => void;
};

export function EmbedderFields({ value, errors, onChange }: Props) {
  const { data: offered = [] } = useQuery(embeddersQuery);
  const chosen = offered.find(({ id }) => id === value.embedder);
  const choose = (embedder: string) => {
    const model = embedder === "openai" ? "text-embedding-3-small" : "";
    onChange({ ...LOCAL, embedder, model });
  };
  return (
    <>
      <Select
        label={t("knowledge.vectorsBy")}
        help={chosen ? (chosen.problem ?? t("knowledge.vectorsHelp")) : t("knowledge.createText")}
        value={value.embedder}
        options={[
          { value: "local", label: t("knowledge.embedder.local") },
          ...offered.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        error={errors["embedder"]}
        onChange={choose}
      />
      {chosen && <OfProvider of={chosen} value={value} errors={errors} onChange={onChange} />}
    </>
  );
}

function OfProvider({ of, value, errors, onChange }: Props & { readonly of: ModelProvider }) {
  const { data } = useQuery(credentialsQuery);
  const fitting = (data?.results ?? []).filter(({ type }) => type === of.credential_type);
  return (
    <>
      {of.credential_type !== null && (
        <Select
          label={t("knowledge.credential")}
          help={fitting.length === 0 ? t("knowledge.credentialNone") : undefined}
          value={value.credential ?? ""}
          options={fitting.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(credential) => onChange({ ...value, credential })}
          error={errors["credential"]}
        />
      )}
      <TextField
        label={t("knowledge.modelName")}
        value={value.model}
        maxLength={200}
        spellCheck={false}
        error={errors["model"]}
        onChange={({ target }) =>
          onChange({ ...value, model: target.value, dim: KNOWN[target.value] ?? value.dim })
        }
      />
      <Select
        label={t("knowledge.dim")}
        help={t("knowledge.dimHelp")}
        value={String(value.dim)}
        options={DIMS.map((dim) => ({ value: String(dim), label: String(dim) }))}
        onChange={(dim) => onChange({ ...value, dim: Number(dim) })}
        error={errors["dim"]}
      />
    </>
  );
}
