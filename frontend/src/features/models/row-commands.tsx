// What can be done with a model or a budget: change it, take it away.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { PencilLine, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { api } from "@/api/client";
import { modelKeys } from "@/api/model-queries";
import { refresh } from "@/api/refresh";
import { useCan } from "@/features/auth";
import { t } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";

type Props = {
  readonly name: string;
  readonly path: string;
  readonly deleteText: string;
  /** The dialog that changes it. */
  readonly dialog: (onClose: () => void) => ReactNode;
};

export function RowCommands({ name, path, deleteText, dialog }: Props) {
  const [asking, setAsking] = useState<"change" | "delete" | null>(null);
  const client = useQueryClient();
  const mayEdit = useCan("llm.edit");
  const deletion = useMutation({
    mutationFn: () => api.delete(path),
    onSuccess: () => refresh(client, modelKeys.all),
    onSettled: () => setAsking(null),
  });
  if (!mayEdit) return null;
  return (
    <span className="inline-flex">
      <IconButton
        icon={PencilLine}
        label={t("models.change", { name })}
        onClick={() => setAsking("change")}
      />
      <IconButton
        icon={Trash2}
        label={t("models.delete", { name })}
        onClick={() => setAsking("delete")}
      />
      {asking === "change" && dialog(() => setAsking(null))}
      <ConfirmDialog
        open={asking === "delete"}
        onOpenChange={() => setAsking(null)}
        title={t("models.deleteTitle", { name })}
        description={deleteText}
        confirmLabel={t("common.delete")}
        danger
        busy={deletion.isPending}
        onConfirm={() => deletion.mutate()}
      />
    </span>
  );
}
