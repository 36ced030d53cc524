// What can be done with the workflows that are ticked.

import { Download, FolderInput, Power, PowerOff, Tags, Trash2, X } from "lucide-react";
import { useState } from "react";
import type { WorkflowRow } from "@/api/types";
import { useCan } from "@/features/auth";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { MoveDialog } from "./move-dialog";
import { TagsDialog } from "./tags-dialog";
import { useExport, useOrganise } from "./use-organising";

type Props = { readonly rows: readonly WorkflowRow[]; readonly onClear: () => void };

export function BulkBar({ rows, onClear }: Props) {
  const [asking, setAsking] = useState<"move" | "tags" | "delete" | null>(null);
  const organise = useOrganise(onClear);
  const exporting = useExport();
  const mayPublish = useCan("workflow.publish");
  const mayEdit = useCan("workflow.edit");
  const mayDelete = useCan("workflow.delete");
  const ids = rows.map(({ id }) => id);
  const close = () => setAsking(null);
  if (rows.length === 0) return null;
  const name = rows.length === 1 && rows[0] ? rows[0].name : "workflows";
  return (
    <section aria-label={t("organise.bulk")} className="flex flex-wrap items-center gap-2">
      <span role="status" className="text-fg-muted">
        {t("organise.chosen", { count: rows.length })}
      </span>
      {mayPublish && (
        <>
          <Button
            size="small"
            icon={Power}
            onClick={() => organise.mutate({ action: "activate", ids })}
          >
            {t("organise.activate")}
          </Button>
          <Button
            size="small"
            icon={PowerOff}
            onClick={() => organise.mutate({ action: "deactivate", ids })}
          >
            {t("organise.deactivate")}
          </Button>
        </>
      )}
      {mayEdit && (
        <>
          <Button size="small" icon={FolderInput} onClick={() => setAsking("move")}>
            {t("organise.move")}
          </Button>
          <Button size="small" icon={Tags} onClick={() => setAsking("tags")}>
            {t("organise.tags")}
          </Button>
        </>
      )}
      <Button size="small" icon={Download} onClick={() => exporting.mutate({ ids, name })}>
        {t("organise.export")}
      </Button>
      {mayDelete && (
        <Button size="small" icon={Trash2} onClick={() => setAsking("delete")}>
          {t("common.delete")}
        </Button>
      )}
      <IconButton icon={X} size="small" label={t("organise.clear")} onClick={onClear} />
      {asking === "tags" && <TagsDialog rows={rows} onClose={close} />}
      {asking === "move" && (
        <MoveDialog
          moved={null}
          onMove={(folder) => organise.mutate({ action: "move", ids, folder })}
          onClose={close}
        />
      )}
      <ConfirmDialog
        open={asking === "delete"}
        onOpenChange={close}
        title={t("organise.deleteTitle", { count: rows.length })}
        description={t("organise.deleteActive")}
        confirmLabel={t("common.delete")}
        danger
        busy={organise.isPending}
        onConfirm={() => organise.mutate({ action: "delete", ids }, { onSettled: close })}
      />
    </section>
  );
}
