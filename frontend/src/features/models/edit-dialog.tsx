// The frame of the forms for models and budgets, and how they are saved.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api } from "@/api/client";
import { modelKeys } from "@/api/model-queries";
import { fieldErrors, messageOf } from "@/api/problem";
import { refresh } from "@/api/refresh";
import { t } from "@/lib/i18n";
import { FormDialog } from "@/ui/form-dialog";

export type Errors = Readonly<Record<string, string>>;

type Props<Body> = {
  /** Where new ones are posted to. */
  readonly path: string;
  readonly edited: { readonly id: string; readonly name: string } | null;
  readonly addTitle: string;
  readonly description?: string;
  /** Null while something cannot be sent. */
  readonly body: Body | null;
  readonly onClose: () => void;
  readonly children: (errors: Errors) => ReactNode;
};

export function EditDialog<Body>(props: Props<Body>) {
  const { path, edited, addTitle, description, body, onClose, children } = props;
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (sent: Body) =>
      edited ? api.put(`${path}${edited.id}/`, sent) : api.post(path, sent),
    onSuccess: async () => {
      await refresh(client, modelKeys.all);
      onClose();
    },
    meta: { quiet: true },
  });
  const errors = fieldErrors(save.error);
  const isElsewhere = save.error !== null && Object.keys(errors).length === 0;
  return (
    <FormDialog
      title={edited ? t("models.change", { name: edited.name }) : addTitle}
      description={description}
      verb={t("common.save")}
      busy={save.isPending}
      fault={isElsewhere && messageOf(save.error)}
      onSubmit={() => body !== null && save.mutate(body)}
      onClose={onClose}
    >
      {children(errors)}
    </FormDialog>
  );
}
