// Gives an entry a name, changes it, or takes it away.

import type { FormEvent } from "react";
import { messageOf } from "@/api/problem";
import type { HistoryEntry } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/text-field";
import { useNaming } from "./use-restore";

const FORM = "name-version";

type Props = {
  readonly workflowId: string;
  readonly entry: HistoryEntry;
  readonly onClose: () => void;
};

export function NameDialog({ workflowId, entry, onClose }: Props) {
  const naming = useNaming(workflowId);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    naming.mutate({ ref: entry.ref, name }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("history.name")}
      description={t("history.nameHint")}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={naming.isPending}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit}>
        <TextField
          label={t("history.nameField")}
          name="name"
          defaultValue={entry.name}
          placeholder={t("history.namePlaceholder")}
          maxLength={200}
          error={naming.error && messageOf(naming.error)}
        />
      </form>
    </Dialog>
  );
}
