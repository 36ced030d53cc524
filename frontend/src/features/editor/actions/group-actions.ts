// Groups: putting a frame around nodes, taking it away, folding it into a tile.

import { Group, Ungroup } from "lucide-react";
import type { Action } from "@/lib/actions";
import { t } from "@/lib/i18n";
import type { Editor } from "../editor-context";
import { groupSelection, groupsInQuestion, toggleFold, ungroup } from "../group-operations";
import { nodesInQuestion } from "../operations";
import { canEdit } from "./can-edit";

export function groupActions(editor: Editor): readonly Action[] {
  const base = { group: t("editor.group.build"), scope: "canvas" } as const;
  const hasGroup = () => groupsInQuestion(editor).length > 0;
  const mayEdit = canEdit(editor);
  return [
    {
      ...base,
      id: "editor.groups.group",
      label: t("editor.groups.group"),
      icon: Group,
      keys: ["g"],
      when: () => mayEdit() && nodesInQuestion(editor).length > 0,
      run: () => groupSelection(editor),
    },
    {
      ...base,
      id: "editor.groups.ungroup",
      label: t("editor.groups.ungroup"),
      icon: Ungroup,
      keys: ["shift+g"],
      when: () => mayEdit() && hasGroup(),
      run: () => ungroup(editor),
    },
    {
      ...base,
      id: "editor.groups.fold",
      label: t("editor.groups.fold"),
      icon: Group,
      when: hasGroup,
      run: () => {
        for (const group of groupsInQuestion(editor)) toggleFold(editor, group);
      },
    },
  ];
}
