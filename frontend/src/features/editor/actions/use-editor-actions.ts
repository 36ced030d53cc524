// The editor's part of the one action list.

import { useActions } from "@/lib/actions";
import { useCamera } from "../canvas/rf";
import { useEditor } from "../store";
import { alignActions } from "./align-actions";
import { buildActions } from "./build-actions";
import { changeActions } from "./change-actions";
import { groupActions } from "./group-actions";
import { moveActions } from "./move-actions";
import { viewActions } from "./view-actions";
import { workflowActions } from "./workflow-actions";

export function useEditorActions(): void {
  const editor = useEditor();
  const camera = useCamera();
  useActions([
    ...buildActions(editor, camera),
    ...changeActions(editor),
    ...moveActions(editor, camera),
    ...alignActions(editor),
    ...groupActions(editor),
    ...viewActions(editor, camera),
    ...workflowActions(editor),
  ]);
}
