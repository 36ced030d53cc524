// Names a folder: a new one, or one that is there.

import { messageOf } from "@/api/problem";
import type { WorkflowFolder } from "@/api/types";
import { t } from "@/lib/i18n";
import { NameDialog } from "@/ui/name-dialog";
import { useKeeping } from "./use-organising";

type Props = {
  readonly folder: WorkflowFolder | null;
  /** Where a new one is made. */
  readonly parent: string | null;
  readonly onClose: () => void;
};

export function FolderDialog({ folder, parent, onClose }: Props) {
  const keeping = useKeeping("workflow-folders", onClose);
  return (
    <NameDialog
      title={folder ? t("organise.renameFolder") : t("organise.newFolder")}
      label={t("organise.folderName")}
      name={folder?.name}
      maxLength={100}
      verb={folder ? t("common.rename") : t("common.create")}
      busy={keeping.isPending}
      error={keeping.error && messageOf(keeping.error)}
      onSave={(name) =>
        keeping.mutate(
          folder ? { id: folder.id, body: { name } } : { body: { name, parent_id: parent } },
        )
      }
      onClose={onClose}
    />
  );
}
