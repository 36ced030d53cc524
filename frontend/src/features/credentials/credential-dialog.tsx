// Creates a credential, or replaces the values of one.

import "@/lib/messages/pages";
import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { type FormEvent, type ReactNode, Suspense, useState } from "react";
import { api } from "@/api/client";
import { fieldErrors, isProblem, messageOf } from "@/api/problem";
import { credentialTypesQuery, keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Credential, CredentialType } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Combobox } from "@/ui/combobox";
import { Dialog } from "@/ui/dialog";
import { EmptyState } from "@/ui/empty-state";
import { Field } from "@/ui/field";
import { SkeletonRows } from "@/ui/skeleton";
import { TextField } from "@/ui/text-field";
import { CredentialForm } from "./credential-form";
import { credentialFields, initialData, toData } from "./model/schema-fields";

const FORM = "credential-form";

type Props = {
  /** Replace this one's values; else a new one is made. */
  readonly replaced?: Credential;
  /** Only these types may be chosen: what a node's slot takes. */
  readonly types?: readonly string[];
  readonly onClose: () => void;
  readonly onSaved?: (credential: Credential) => void;
};

export function CredentialDialog(props: Props) {
  const [busy, setBusy] = useState(false);
  const { replaced, onClose } = props;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={
        replaced ? t("credentials.replaceTitle", { name: replaced.name }) : t("credentials.create")
      }
      description={replaced ? t("credentials.replaceText") : t("credentials.createText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={busy}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <Suspense fallback={<SkeletonRows rows={4} />}>
        <TypedForm {...props} onBusy={setBusy} />
      </Suspense>
    </Dialog>
  );
}

type FormProps = Props & { readonly onBusy: (busy: boolean) => void };

function TypedForm(props: FormProps) {
  const { data: all } = useSuspenseQuery(credentialTypesQuery);
  const { replaced, types } = props;
  const wanted = replaced ? [replaced.type] : types;
  const offered = wanted ? all.filter(({ id }) => wanted.includes(id)) : all;
  const [chosen, setChosen] = useState(offered[0]?.id);
  const type = offered.find(({ id }) => id === chosen);
  if (!type) return <EmptyState icon={KeyRound} title={t("credentials.noTypes")} />;
  const choice = (
    <Field label={t("credentials.type")} help={plainText(type.documentation)}>
      {(control) => (
        <Combobox
          label={t("credentials.typeSearch")}
          naming={control}
          value={type.id}
          options={offered.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={setChosen}
        />
      )}
    </Field>
  );
  return (
    <SaveForm key={type.id} {...props} type={type}>
      {offered.length > 1 && choice}
    </SaveForm>
  );
}

type SaveProps = FormProps & {
  readonly type: CredentialType;
  readonly children: ReactNode;
};

function SaveForm({ replaced, type, children, onBusy, onClose, onSaved }: SaveProps) {
  const fields = credentialFields(type.fields);
  const [name, setName] = useState(replaced?.name ?? type.title);
  const [hosts, setHosts] = useState(replaced?.hosts.join(", ") ?? "");
  const [end, setEnd] = useState(replaced?.expires_on ?? "");
  const [values, setValues] = useState(() => initialData(fields));
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => {
      const body = {
        name,
        data: toData(fields, values),
        hosts: splitHosts(hosts),
        expires_on: end || null,
      };
      return replaced
        ? api.patch<Credential>(`credentials/${replaced.id}/`, body)
        : api.post<Credential>("credentials/", { ...body, type: type.id });
    },
    onMutate: () => onBusy(true),
    onSettled: () => onBusy(false),
    onSuccess: async (credential) => {
      await refresh(client, keys.credentials);
      onSaved?.(credential);
      onClose();
    },
    meta: { quiet: true },
  });
  const errors = dataErrors(save.error);
  const isElsewhere = save.error && Object.keys(errors).length === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    save.mutate();
  };
  return (
    <form id={FORM} onSubmit={submit} className="flex flex-col gap-4 pb-1" autoComplete="off">
      {children}
      <TextField
        label={t("credentials.name")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errors["name"]}
        maxLength={100}
        required
      />
      <CredentialForm fields={fields} values={values} errors={errors} onChange={setValues} />
      <TextField
        label={t("credentials.hosts")}
        help={t("credentials.hostsHelp")}
        placeholder="api.example.com"
        value={hosts}
        onChange={(event) => setHosts(event.target.value)}
        error={errors["hosts"]}
        optional
      />
      <TextField
        label={t("credentials.end")}
        help={t("credentials.endHelp")}
        type="date"
        value={end}
        onChange={(event) => setEnd(event.target.value)}
        error={errors["expires_on"]}
        optional
      />
      {isElsewhere && (
        <p role="alert" className="text-error">
          {messageOf(save.error)}
        </p>
      )}
    </form>
  );
}

/** Documentation is Markdown; one line of help needs no code marks. */
function plainText(markdown: string): string {
  return markdown.replaceAll("`", "");
}

function splitHosts(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((host) => host !== "");
}

/** The server names `/data/token`; the form knows `token`. */
function dataErrors(error: unknown): Readonly<Record<string, string>> {
  if (!isProblem(error)) return {};
  const inData = error.body.errors
    .filter(({ path }) => path.startsWith("/data/"))
    .map(({ path, message }) => [path.slice("/data/".length), message]);
  return { ...fieldErrors(error), ...Object.fromEntries(inData) };
}
