// Creates an API key and shows its text this once.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "@/api/client";
import { fieldErrors, messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { NewApiKey } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";
import { Select } from "@/ui/select";
import { TextField } from "@/ui/text-field";
import { ScopePicker } from "./scope-picker";

const FORM = "new-api-key";
const DAY_MS = 86_400_000;

/** What keys are mostly made for. Null: all that the owner's role may. */
const SCOPES: Readonly<Record<string, readonly string[] | null>> = {
  everything: null,
  run: ["workflow.view", "workflow.run", "execution.view"],
  read: ["workflow.view", "execution.view", "catalog.view"],
};

const CHOSEN = "chosen";

type Props = { readonly onClose: () => void };

export function NewApiKeyDialog({ onClose }: Props) {
  const [created, setCreated] = useState<NewApiKey | null>(null);
  return created ? (
    <CreatedKey created={created} onClose={onClose} />
  ) : (
    <KeyForm onCreated={setCreated} onClose={onClose} />
  );
}

type FormProps = Props & { readonly onCreated: (key: NewApiKey) => void };

function KeyForm({ onCreated, onClose }: FormProps) {
  const [name, setName] = useState("");
  const [scope, setScope] = useState("run");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [days, setDays] = useState("90");
  const client = useQueryClient();
  const create = useMutation({
    mutationFn: () =>
      api.post<NewApiKey>("api-keys/", {
        name,
        scopes: scope === CHOSEN ? chosen : (SCOPES[scope] ?? null),
        expires_at: days === "" ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
      }),
    onSuccess: async (key) => {
      onCreated(key);
      await refresh(client, keys.apiKeys);
    },
    meta: { quiet: true },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const errors = fieldErrors(create.error);
  const isElsewhere = create.error && Object.keys(errors).length === 0;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("apiKeys.create")}
      description={t("apiKeys.createText")}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            form={FORM}
            variant="primary"
            busy={create.isPending}
            disabled={scope === CHOSEN && chosen.length === 0}
          >
            {t("common.create")}
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t("apiKeys.name")}
          help={t("apiKeys.nameHelp")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors["name"] ?? (isElsewhere ? messageOf(create.error) : null)}
          maxLength={100}
          required
        />
        <Select
          label={t("apiKeys.scope")}
          value={scope}
          onChange={setScope}
          error={errors["scopes"]}
          options={[
            { value: "run", label: t("apiKeys.scopeRun") },
            { value: "read", label: t("apiKeys.scopeRead") },
            { value: "everything", label: t("apiKeys.scopeEverything") },
            { value: CHOSEN, label: t("apiKeys.scopeChosen") },
          ]}
        />
        {scope === CHOSEN && <ScopePicker chosen={chosen} onChange={setChosen} />}
        <Select
          label={t("apiKeys.expires")}
          value={days}
          onChange={setDays}
          error={errors["expires_at"]}
          options={[
            ...[30, 90, 365].map((count) => ({
              value: String(count),
              label: t("apiKeys.inDays", { count }),
            })),
            { value: "", label: t("common.never") },
          ]}
        />
      </form>
    </Dialog>
  );
}

type CreatedProps = Props & { readonly created: NewApiKey };

function CreatedKey({ created, onClose }: CreatedProps) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      blocking
      title={t("apiKeys.created", { name: created.name })}
      description={t("apiKeys.createdText")}
      footer={
        <>
          <CopyButton text={created.key} />
          <Button variant="primary" onClick={onClose}>
            {t("apiKeys.kept")}
          </Button>
        </>
      }
    >
      <code className="block rounded-control border border-line bg-sunken p-3 font-code text-base break-all select-all">
        {created.key}
      </code>
    </Dialog>
  );
}
