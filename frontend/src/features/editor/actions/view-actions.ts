// Panels, finding, zoom.

import { Blocks, ListTree, Maximize, ScrollText, Search } from "lucide-react";
import type { Action } from "@/lib/actions";
import { t } from "@/lib/i18n";
import type { Camera } from "../canvas/rf";
import type { Editor } from "../editor-context";
import { nodesInQuestion } from "../operations";
import type { EditorUi } from "../ui-store";
import { canEdit } from "./can-edit";

export function viewActions(editor: Editor, camera: Camera): readonly Action[] {
  const base = { group: t("editor.group.view"), scope: "canvas" } as const;
  const { ui } = editor;
  const toggleLeft = (panel: EditorUi["left"]) => () =>
    ui.setState(({ left }) => ({ left: left === panel ? "none" : panel }));
  const fitSelection = () => {
    const ids = nodesInQuestion(editor);
    camera.fit(ids.length > 0 ? ids : undefined);
  };
  return [
    {
      ...base,
      id: "editor.outline",
      label: t("editor.outline"),
      icon: ListTree,
      keys: ["o"],
      run: toggleLeft("outline"),
    },
    {
      ...base,
      id: "editor.palette",
      label: t("editor.palettePanel"),
      icon: Blocks,
      keys: ["p"],
      when: canEdit(editor),
      run: toggleLeft("palette"),
    },
    {
      ...base,
      id: "editor.minimap",
      label: t("editor.minimap"),
      keys: ["m"],
      run: () => ui.setState(({ minimap }) => ({ minimap: !minimap })),
    },
    {
      ...base,
      id: "editor.logs",
      label: t("editor.logs"),
      icon: ScrollText,
      keys: ["l"],
      run: () => ui.setState(({ logs }) => ({ logs: !logs })),
    },
    {
      ...base,
      id: "editor.find",
      label: t("editor.find"),
      icon: Search,
      keys: ["mod+f"],
      scope: "page",
      run: () => ui.setState({ dialog: "find" }),
    },
    {
      ...base,
      id: "editor.fit",
      label: t("editor.fit"),
      icon: Maximize,
      keys: ["1", "shift+1"],
      run: () => camera.fit(),
    },
    {
      ...base,
      id: "editor.fitSelection",
      label: t("editor.fitSelection"),
      keys: ["2", "shift+2"],
      run: fitSelection,
    },
    {
      ...base,
      id: "editor.zoomReset",
      label: t("editor.zoomReset"),
      keys: ["0"],
      run: () => camera.zoomTo(1),
    },
    {
      ...base,
      id: "editor.zoomIn",
      label: t("editor.zoomIn"),
      keys: ["+", "="],
      keysOnly: true,
      run: () => camera.zoomBy(1.25),
    },
    {
      ...base,
      id: "editor.zoomOut",
      label: t("editor.zoomOut"),
      keys: ["-"],
      keysOnly: true,
      run: () => camera.zoomBy(0.8),
    },
  ];
}
