// Makes a variable, or gives one another value.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { api } from "@/api/client";
import { fieldErrors, messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Variable } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/text-field";
import { Textarea } from "@/ui/textarea";

const FORM = "variable";

type Props = { readonly variable: Variable | null; readonly onClose: () => void };

export function VariableDialog({ variable, onClose }: Props) {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (given: Record<string, FormDataEntryValue>) =>
      variable
        ? api.patch<Variable>(`variables/${variable.id}/`, given)
        : api.post<Variable>("variables/", given),
    onSuccess: async () => {
      await refresh(client, keys.variables);
      onClose();
    },
    meta: { quiet: true },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(Object.fromEntries(new FormData(event.currentTarget)));
  };
  const errors = errorsOf(save.error);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={variable ? t("variables.change", { name: variable.name }) : t("variables.create")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={save.isPending}>
            {variable ? t("common.save") : t("common.create")}
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit} className="flex flex-col gap-4">
        {!variable && (
          <TextField
            label={t("variables.name")}
            help={t("variables.nameHelp")}
            name="name"
            error={errors["name"]}
            maxLength={64}
            spellCheck={false}
            autoComplete="off"
            required
          />
        )}
        <Textarea
          label={t("variables.value")}
          name="value"
          defaultValue={variable?.value}
          error={errors["value"]}
          maxLength={4_000}
          rows={3}
          spellCheck={false}
        />
        <TextField
          label={t("variables.description")}
          name="description"
          defaultValue={variable?.description}
          error={errors["description"]}
          maxLength={200}
          optional
        />
      </form>
    </Dialog>
  );
}

/** By field; what belongs to no field is told at the value, which is always there. */
function errorsOf(error: unknown): Readonly<Record<string, string>> {
  const found = fieldErrors(error);
  if (!error || Object.keys(found).length > 0) return found;
  return { value: messageOf(error) };
}
