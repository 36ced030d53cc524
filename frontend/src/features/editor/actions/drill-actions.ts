// Into a called workflow, out of it, and making one of what is selected.

import { CornerLeftUp, CornerRightDown, PackageOpen } from "lucide-react";
import type { Action } from "@/lib/actions";
import { t } from "@/lib/i18n";
import type { Editor } from "../editor-context";
import { chosenNode, nodesInQuestion } from "../operations";
import type { Drill } from "../use-drill";
import { canEdit } from "./can-edit";

export function drillActions(editor: Editor, drill: Drill): readonly Action[] {
  const group = t("editor.group.workflow");
  return [
    {
      id: "editor.extract",
      label: t("editor.extract.action"),
      icon: PackageOpen,
      group,
      scope: "canvas",
      keys: ["shift+x"],
      when: () => canEdit(editor)() && nodesInQuestion(editor).length > 0,
      run: () => editor.ui.setState({ dialog: "extract" }),
    },
    {
      id: "editor.drillIn",
      label: t("editor.drill.in"),
      icon: CornerRightDown,
      group,
      scope: "page",
      keys: ["mod+arrowdown"],
      when: () => drill.canGoInto(chosenNode(editor)),
      run: () => drill.into(chosenNode(editor) ?? ""),
    },
    {
      id: "editor.drillOut",
      label: t("editor.drill.out"),
      icon: CornerLeftUp,
      group,
      scope: "page",
      keys: ["mod+arrowup"],
      when: drill.canGoOut,
      run: drill.out,
    },
  ];
}
