// Gives a workflow another name.

import { isProblem, messageOf } from "@/api/problem";
import type { WorkflowRow } from "@/api/types";
import { t } from "@/lib/i18n";
import { NameDialog } from "@/ui/name-dialog";
import { useRenameWorkflow } from "./use-workflow-commands";

type Props = { readonly row: WorkflowRow; readonly onClose: () => void };

export function RenameDialog({ row, onClose }: Props) {
  const rename = useRenameWorkflow();
  const refusal = isProblem(rename.error, "revision_conflict")
    ? t("workflows.changedMeanwhile")
    : rename.error && messageOf(rename.error);
  return (
    <NameDialog
      title={t("workflows.renameTitle")}
      label={t("workflows.name")}
      name={row.name}
      maxLength={200}
      verb={t("common.rename")}
      busy={rename.isPending}
      error={refusal}
      onSave={(name) => rename.mutate({ row, name }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
