// Names a folder: a new one, or one that is there.

import type { FormEvent } from "react";
import { messageOf } from "@/api/problem";
import type { WorkflowFolder } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/text-field";
import { useKeeping } from "./use-organising";

const FORM = "folder";

type Props = {
  readonly folder: WorkflowFolder | null;
  /** Where a new one is made. */
  readonly parent: string | null;
  readonly onClose: () => void;
};

export function FolderDialog({ folder, parent, onClose }: Props) {
  const keeping = useKeeping("workflow-folders", onClose);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    if (name === "") return;
    keeping.mutate(
      folder ? { id: folder.id, body: { name } } : { body: { name, parent_id: parent } },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={folder ? t("organise.renameFolder") : t("organise.newFolder")}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={keeping.isPending}>
            {folder ? t("common.rename") : t("common.create")}
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit}>
        <TextField
          label={t("organise.folderName")}
          name="name"
          defaultValue={folder?.name}
          error={keeping.error && messageOf(keeping.error)}
          maxLength={100}
          required
        />
      </form>
    </Dialog>
  );
}
