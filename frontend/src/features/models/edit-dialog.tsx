// The frame of the forms for models and budgets, and how they are saved.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { api } from "@/api/client";
import { modelKeys } from "@/api/model-queries";
import { fieldErrors, messageOf } from "@/api/problem";
import { refresh } from "@/api/refresh";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

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

const FORM = "models-edit";

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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body !== null) save.mutate(body);
  };
  const errors = fieldErrors(save.error);
  const isElsewhere = save.error !== null && Object.keys(errors).length === 0;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={edited ? t("models.change", { name: edited.name }) : addTitle}
      {...(description ? { description } : {})}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={save.isPending}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit} className="flex flex-col gap-4 pb-1" autoComplete="off">
        {children(errors)}
        {isElsewhere && (
          <p role="alert" className="text-error">
            {messageOf(save.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
