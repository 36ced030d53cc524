// Makes a collection: by the local model, or by one of a provider.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { api } from "@/api/client";
import { fieldErrors, messageOf } from "@/api/problem";
import { refresh } from "@/api/refresh";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Select } from "@/ui/select";
import { TextField } from "@/ui/text-field";
import { EmbedderFields, LOCAL } from "./embedder-fields";
import { type Collection, knowledgeKey } from "./queries";

const LANGUAGES = ["english", "german", "french", "spanish", "italian", "simple"] as const;

export function NewCollectionDialog({ onClose }: { readonly onClose: () => void }) {
  const [draft, setDraft] = useState({ name: "", description: "", language: "english" });
  const [embedder, setEmbedder] = useState(LOCAL);
  const form = useId();
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
    <Dialog
      open
      onOpenChange={onClose}
      title={t("knowledge.create")}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={draft.name.trim() === ""}
            busy={making.isPending}
          >
            {t("knowledge.create")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
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
        {elsewhere && (
          <p role="alert" className="text-error">
            {messageOf(making.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
