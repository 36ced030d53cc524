// Running the whole or a part of what is on the canvas. Results of the run that is shown are used
// again where neither their node nor their input has changed.

import { ArrowRightFromLine, ArrowRightToLine, CirclePlay, Play, Square } from "lucide-react";
import type { RunPart, WorkflowRuns } from "@/features/runs";
import type { Action } from "@/lib/actions";
import { t } from "@/lib/i18n";
import type { Editor } from "../editor-context";
import { chosenNode } from "../operations";

export function runActions(editor: Editor, runs: WorkflowRuns): readonly Action[] {
  const base = { group: t("editor.group.workflow"), scope: "page" } as const;
  const node = () => chosenNode(editor);
  const part = (which: RunPart) => () => {
    const id = node();
    if (id !== undefined) runs.startPart(which, id);
  };
  const when = () => node() !== undefined;
  return [
    {
      ...base,
      id: "editor.run",
      label: t("editor.run"),
      icon: Play,
      keys: ["mod+enter"],
      run: () => runs.start(),
    },
    {
      ...base,
      id: "editor.stop",
      label: t("editor.stop"),
      icon: Square,
      keys: ["mod+shift+."],
      run: runs.stop,
    },
    {
      ...base,
      id: "editor.runToHere",
      label: t("editor.runToHere"),
      icon: ArrowRightToLine,
      keys: ["mod+shift+enter"],
      when,
      run: part("to"),
    },
    {
      ...base,
      id: "editor.runFromHere",
      label: t("editor.runFromHere"),
      icon: ArrowRightFromLine,
      keys: ["shift+r"],
      when,
      run: part("from"),
    },
    {
      ...base,
      id: "editor.runThisNode",
      label: t("editor.runThisNode"),
      icon: CirclePlay,
      keys: ["r"],
      when,
      run: part("only"),
    },
  ];
}
