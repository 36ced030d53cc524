// Renaming a node: every expression that speaks of it follows.

import { useState } from "react";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/text-field";
import { renameNode } from "../model/edit-nodes";
import { useCommit, useEditor } from "../store";

export function RenameDialog({ id, name }: { readonly id: string; readonly name: string }) {
  const { ui } = useEditor();
  const commit = useCommit();
  const [draft, setDraft] = useState(name);
  const close = () => ui.setState({ renaming: null });
  const rename = () => {
    commit(t("editor.step.rename", { name: draft }), (document) => renameNode(document, id, draft));
    close();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || close()}
      title={t("editor.renameNode")}
      description={t("editor.renameHint")}
      width="small"
      footer={
        <>
          <Button onClick={close}>{t("common.cancel")}</Button>
          <Button variant="primary" disabled={draft.trim() === ""} onClick={rename}>
            {t("common.rename")}
          </Button>
        </>
      }
    >
      <TextField
        label={t("editor.name")}
        value={draft}
        maxLength={120}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.select()}
        onKeyDown={(event) => {
          if (event.key === "Enter" && draft.trim() !== "") rename();
        }}
      />
    </Dialog>
  );
}
