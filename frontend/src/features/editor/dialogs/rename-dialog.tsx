// Renaming a node: every expression that speaks of it follows.

import { t } from "@/lib/i18n";
import { NameDialog } from "@/ui/name-dialog";
import { renameNode } from "../model/edit-nodes";
import { useCommit, useEditor } from "../store";

export function RenameDialog({ id, name }: { readonly id: string; readonly name: string }) {
  const { ui } = useEditor();
  const commit = useCommit();
  const close = () => ui.setState({ renaming: null });
  const rename = (next: string) => {
    commit(t("editor.step.rename", { name: next }), (document) => renameNode(document, id, next));
    close();
  };
  return (
    <NameDialog
      title={t("editor.renameNode")}
      description={t("editor.renameHint")}
      label={t("editor.name")}
      name={name}
      maxLength={120}
      verb={t("common.rename")}
      onSave={rename}
      onClose={close}
    />
  );
}
