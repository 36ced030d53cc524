// Gives a workflow another name.

import type { FormEvent } from "react";
import { isProblem, messageOf } from "@/api/problem";
import type { WorkflowRow } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/text-field";
import { useRenameWorkflow } from "./use-workflow-commands";

const FORM = "rename-workflow";

type Props = { readonly row: WorkflowRow; readonly onClose: () => void };

export function RenameDialog({ row, onClose }: Props) {
  const rename = useRenameWorkflow();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    if (name !== "") rename.mutate({ row, name }, { onSuccess: onClose });
  };
  const refusal = isProblem(rename.error, "revision_conflict")
    ? t("workflows.changedMeanwhile")
    : rename.error && messageOf(rename.error);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("workflows.renameTitle")}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={rename.isPending}>
            {t("common.rename")}
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit}>
        <TextField
          label={t("workflows.name")}
          name="name"
          defaultValue={row.name}
          maxLength={200}
          error={refusal}
          required
        />
      </form>
    </Dialog>
  );
}
