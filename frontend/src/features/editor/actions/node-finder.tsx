// The nodes of the open workflow in the command palette: found by name, shown and opened.

import { Blocks } from "lucide-react";
import { useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { useCamera } from "../canvas/rf";
import { NODE_HEIGHT, NODE_WIDTH } from "../model/geometry";
import { inspect } from "../operations";
import { useDocument, useEditor } from "../store";

export function NodeFinder() {
  const editor = useEditor();
  const camera = useCamera();
  const nodes = useDocument((document) => document.nodes);
  useActions(
    nodes.map(({ id, name, position }) => ({
      id: `editor.node.${id}`,
      label: name,
      icon: Blocks,
      group: t("editor.group.nodes"),
      scope: "page",
      searchOnly: true,
      run: () => {
        inspect(editor, id);
        camera.reveal(position, [NODE_WIDTH, NODE_HEIGHT]);
      },
    })),
  );
  return null;
}
