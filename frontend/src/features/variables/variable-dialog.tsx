// Makes a variable, or gives one another value.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { api } from "@/api/client";
import { fieldErrors, messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Variable } from "@/api/types";
import { t } from "@/lib/i18n";
import { FormDialog } from "@/ui/form-dialog";
import { TextField } from "@/ui/text-field";
import { Textarea } from "@/ui/textarea";

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
    save.mutate(Object.fromEntries(new FormData(event.currentTarget)));
  };
  const errors = errorsOf(save.error);
  return (
    <FormDialog
      title={variable ? t("variables.change", { name: variable.name }) : t("variables.create")}
      verb={variable ? t("common.save") : t("common.create")}
      busy={save.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}

/** By field; what belongs to no field is told at the value, which is always there. */
function errorsOf(error: unknown): Readonly<Record<string, string>> {
  const found = fieldErrors(error);
  if (!error || Object.keys(found).length > 0) return found;
  return { value: messageOf(error) };
}
