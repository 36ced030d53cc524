// The commands of one workflow in the list, with their questions.

import { Copy, Download, Ellipsis, PencilLine, Trash2 } from "lucide-react";
import { useState } from "react";
import type { WorkflowRow } from "@/api/types";
import { useCan } from "@/features/auth";
import { t } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { Menu, type MenuEntry } from "@/ui/menu";
import { RenameDialog } from "./rename-dialog";
import {
  useDeleteWorkflow,
  useDuplicateWorkflow,
  useExportWorkflow,
} from "./use-workflow-commands";

type Props = { readonly row: WorkflowRow };

export function WorkflowMenu({ row }: Props) {
  const [asking, setAsking] = useState<"rename" | "delete" | null>(null);
  const duplicate = useDuplicateWorkflow();
  const exporting = useExportWorkflow();
  const deletion = useDeleteWorkflow();
  const mayEdit = useCan("workflow.edit");
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
  ];
  const deleting: readonly MenuEntry[] = [
    "separator",
    {
      id: "delete",
      label: t("common.delete"),
      icon: Trash2,
      danger: true,
      onSelect: () => setAsking("delete"),
    },
  ];
  const entries: readonly MenuEntry[] = [
    ...(mayEdit ? editing : []),
    {
      id: "export",
      label: t("workflows.export"),
      icon: Download,
      onSelect: () => exporting.mutate(row),
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
      {asking === "rename" && <RenameDialog row={row} onClose={() => setAsking(null)} />}
      <ConfirmDialog
        open={asking === "delete"}
        onOpenChange={() => setAsking(null)}
        title={t("workflows.deleteTitle", { name: row.name })}
        description={row.active ? t("workflows.deleteActive") : t("workflows.deleteDraft")}
        confirmLabel={t("common.delete")}
        danger
        busy={deletion.isPending}
        onConfirm={() => deletion.mutate(row, { onSettled: () => setAsking(null) })}
      />
    </>
  );
}
