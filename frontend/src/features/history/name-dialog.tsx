// Gives an entry a name, changes it, or takes it away.

import { messageOf } from "@/api/problem";
import type { HistoryEntry } from "@/api/types";
import { t } from "@/lib/i18n";
import { NameDialog } from "@/ui/name-dialog";
import { useNaming } from "./use-restore";

type Props = {
  readonly workflowId: string;
  readonly entry: HistoryEntry;
  readonly onClose: () => void;
};

export function EntryNameDialog({ workflowId, entry, onClose }: Props) {
  const naming = useNaming(workflowId);
  return (
    <NameDialog
      title={t("history.name")}
      description={t("history.nameHint")}
      label={t("history.nameField")}
      name={entry.name}
      placeholder={t("history.namePlaceholder")}
      maxLength={200}
      mayBeEmpty
      verb={t("common.save")}
      busy={naming.isPending}
      error={naming.error && messageOf(naming.error)}
      onSave={(name) => naming.mutate({ ref: entry.ref, name }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
