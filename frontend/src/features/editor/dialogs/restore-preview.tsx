// What edits that were left behind would change in the draft as it is now.

import "@/lib/messages/dialogs";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { ChangeList } from "../diff/change-list";
import { changesBetween } from "../model/diff";
import type { WorkflowDocument } from "../model/types";
import { useEditor } from "../store";

type Props = {
  readonly before: WorkflowDocument;
  readonly after: WorkflowDocument;
  readonly onRestore: () => void;
  readonly onDiscard: () => void;
  readonly onClose: () => void;
};

export function RestorePreview({ before, after, onRestore, onDiscard, onClose }: Props) {
  const { catalog } = useEditor();
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("editor.restore.title")}
      description={t("editor.restore.hint")}
      footer={
        <>
          <Button onClick={onDiscard}>{t("editor.restore.discard")}</Button>
          <Button variant="primary" onClick={onRestore}>
            {t("editor.restore.take")}
          </Button>
        </>
      }
    >
      <ChangeList
        label={t("editor.restore.title")}
        changes={changesBetween(before, after)}
        catalog={catalog}
      />
    </Dialog>
  );
}
