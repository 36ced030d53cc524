// Saving, publishing, problems.

import { CalendarClock, CloudUpload, Rocket, TriangleAlert } from "lucide-react";
import type { Action } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import type { Editor } from "../editor-context";
import type { EditorUi } from "../ui-store";
import { canEdit } from "./can-edit";

export function workflowActions(editor: Editor): readonly Action[] {
  const base = { group: t("editor.group.workflow"), scope: "page" } as const;
  const save = () =>
    void editor.saving?.flush().then(
      () => toast(t("editor.saved"), { key: "save" }),
      () => undefined, // The chip in the top bar says what is wrong.
    );
  const openDialog = (dialog: EditorUi["dialog"]) => () => editor.ui.setState({ dialog });
  return [
    {
      ...base,
      id: "editor.save",
      label: t("editor.saveNow"),
      icon: CloudUpload,
      keys: ["mod+s"],
      when: canEdit(editor),
      run: save,
    },
    {
      ...base,
      id: "editor.publish",
      label: t("editor.publish"),
      icon: Rocket,
      keys: ["mod+shift+p"],
      when: canEdit(editor),
      run: openDialog("publish"),
    },
    {
      ...base,
      id: "editor.problems",
      label: t("editor.problems"),
      icon: TriangleAlert,
      keys: ["mod+."],
      run: openDialog("problems"),
    },
    {
      ...base,
      id: "editor.schedules",
      label: t("editor.schedules"),
      icon: CalendarClock,
      run: openDialog("schedules"),
    },
  ];
}
