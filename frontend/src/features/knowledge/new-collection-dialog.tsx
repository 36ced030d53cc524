// Makes a collection: by the local model, or by one of a provider.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "@/api/client";
import { fieldErrors, messageOf } from "@/api/problem";
import { refresh } from "@/api/refresh";
import { t } from "@/lib/i18n";
import { FormDialog } from "@/ui/form-dialog";
import { Select } from "@/ui/select";
import { TextField } from "@/ui/text-field";
import { EmbedderFields, LOCAL } from "./embedder-fields";
import { type Collection, knowledgeKey } from "./queries";

const LANGUAGES = ["english", "german", "french", "spanish", "italian", "simple"] as const;

export function NewCollectionDialog({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState({ name: "", description: "", language: "english" });
  const [embedder, setEmbedder] = useState(LOCAL);
  const client = useQueryClient();
  const navigate = useNavigate();
  const making = useMutation({
    mutationFn: () => {
      const vectors = embedder.embedder === "local" ? {} : embedder;
      const body = { ...draft, ...vectors, name: draft.name.trim() };
      return api.post<Collection>("collections/", body);
    },
    onSuccess: async ({ id }) => {
      onClose();
      await refresh(client, knowledgeKey);
      await navigate({ to: "/knowledge/$collectionId", params: { collectionId: id } });
    },
    meta: { quiet: true },
  });
  const errors = fieldErrors(making.error);
  const elsewhere = making.error && Object.keys(errors).length === 0;
  return (
    <FormDialog
      title={t("knowledge.create")}
      width="small"
      verb={t("knowledge.create")}
      busy={making.isPending}
      incomplete={draft.name.trim() === ""}
      fault={elsewhere && messageOf(making.error)}
      onSubmit={() => making.mutate()}
      onClose={onClose}
    >
      <TextField
        label={t("knowledge.name")}
        value={draft.name}
        maxLength={100}
        error={errors["name"]}
        onChange={(event) => setDraft({ ...draft, name: event.target.value })}
      />
      <TextField
        label={t("knowledge.description")}
        optional
        value={draft.description}
        maxLength={1000}
        onChange={(event) => setDraft({ ...draft, description: event.target.value })}
      />
      <Select
        label={t("knowledge.language")}
        value={draft.language}
        onChange={(language) => setDraft({ ...draft, language })}
        options={LANGUAGES.map((value) => ({ value, label: t(`knowledge.language.${value}`) }))}
      />
      <EmbedderFields value={embedder} errors={errors} onChange={setEmbedder} />
    </FormDialog>
  );
}
