// The commands of one workflow in the list, with their questions.

import { Copy, Download, Ellipsis, FolderInput, PencilLine, Tags, Trash2 } from "lucide-react";
import { useState } from "react";
import type { WorkflowRow } from "@/api/types";
import { useCan } from "@/features/auth";
import { t } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { Menu, type MenuEntry } from "@/ui/menu";
import { MoveDialog } from "./move-dialog";
import { RenameDialog } from "./rename-dialog";
import { TagsDialog } from "./tags-dialog";
import { useExport, useOrganise } from "./use-organising";
import { useDuplicateWorkflow } from "./use-workflow-commands";

type Props = { readonly row: WorkflowRow };

export function WorkflowMenu({ row }: Props) {
  const [asking, setAsking] = useState<"rename" | "move" | "tags" | "delete" | null>(null);
  const duplicate = useDuplicateWorkflow();
  const exporting = useExport();
  const organise = useOrganise(() => setAsking(null));
  const mayEdit = useCan("workflow.edit");
  const close = () => setAsking(null);
  const remove = () => organise.mutate({ action: "delete", ids: [row.id] });
  const mayDelete = useCan("workflow.delete");
  const editing: readonly MenuEntry[] = [
    {
      id: "rename",
      label: t("common.rename"),
      icon: PencilLine,
      onSelect: () => setAsking("rename"),
    },
    {
      id: "duplicate",
      label: t("workflows.duplicate"),
      icon: Copy,
      onSelect: () => duplicate.mutate(row),
    },
    {
      id: "move",
      label: t("organise.move"),
      icon: FolderInput,
      onSelect: () => setAsking("move"),
    },
    { id: "tags", label: t("organise.tags"), icon: Tags, onSelect: () => setAsking("tags") },
  ];
  const deleting: readonly MenuEntry[] = [
    "separator",
    {
      id: "delete",
      label: t("common.delete"),
      icon: Trash2,
      danger: true,
      onSelect: () => (row.active ? setAsking("delete") : remove()),
    },
  ];
  const entries: readonly MenuEntry[] = [
    ...(mayEdit ? editing : []),
    {
      id: "export",
      label: t("workflows.export"),
      icon: Download,
      onSelect: () => exporting.mutate({ ids: [row.id], name: row.name }),
    },
    ...(mayDelete ? deleting : []),
  ];
  return (
    <>
      <Menu
        label={t("workflows.menu", { name: row.name })}
        align="end"
        entries={entries}
        trigger={<IconButton icon={Ellipsis} label={t("workflows.menu", { name: row.name })} />}
      />
      {asking === "rename" && <RenameDialog row={row} onClose={close} />}
      {asking === "tags" && <TagsDialog rows={[row]} onClose={close} />}
      {asking === "move" && (
        <MoveDialog
          moved={null}
          onMove={(folder) => organise.mutate({ action: "move", ids: [row.id], folder })}
          onClose={close}
        />
      )}
      <ConfirmDialog
        open={asking === "delete"}
        onOpenChange={close}
        title={t("workflows.deleteTitle", { name: row.name })}
        description={t("workflows.deleteActive")}
        confirmLabel={t("common.delete")}
        danger
        busy={organise.isPending}
        onConfirm={remove}
      />
    </>
  );
}
