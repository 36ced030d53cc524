// Drawing wires: from port to port, onto a card's body, or into the open to add what comes next.

import { useCallback } from "react";
import { toast } from "@/ui/toast";
import type { Editor } from "../editor-context";
import { inputFor, outputFor, refusal } from "../model/connect";
import type { PortRef } from "../model/types";
import { connectPorts, openQuickAdd, refusalText } from "../operations";
import { isNoteElement } from "../selection";
import { type LooseWire, showTargetsFor } from "./connecting";
import { nodeUnder } from "./hit";
import type { Camera, OnConnectEnd, OnConnectStart } from "./rf";

type Ends = {
  readonly source: string | null;
  readonly sourceHandle?: string | null;
  readonly target: string | null;
  readonly targetHandle?: string | null;
};

const portRefs = ({
  source,
  sourceHandle,
  target,
  targetHandle,
}: Ends): readonly [PortRef, PortRef] => [
  [source ?? "", sourceHandle ?? "main"],
  [target ?? "", targetHandle ?? "main"],
];

export function useWires(editor: Editor, camera: Camera) {
  const isValidConnection = useCallback(
    (ends: Ends) => {
      const [from, to] = portRefs(ends);
      return refusal(editor.docStore.getState().document, editor.catalog.byType, from, to) === null;
    },
    [editor],
  );

  const onConnect = useCallback(
    (ends: Ends) => void connectPorts(editor, ...portRefs(ends)),
    [editor],
  );

  const onConnectStart = useCallback<OnConnectStart>(
    (_, { nodeId, handleId, handleType }) => {
      if (nodeId === null || handleType === null) return;
      showTargetsFor(editor, { end: [nodeId, handleId ?? "main"], role: handleType });
    },
    [editor],
  );

  const onConnectEnd = useCallback<OnConnectEnd>(
    (event, { isValid, fromHandle, toHandle }) => {
      showTargetsFor(editor, null);
      if (isValid || !fromHandle) return;
      const loose: LooseWire = { end: refOf(fromHandle), role: fromHandle.type };
      const point = "changedTouches" in event ? event.changedTouches[0] : event;
      if (toHandle) explain(editor, loose, refOf(toHandle));
      else if (point) land(editor, camera, loose, point.clientX, point.clientY);
    },
    [editor, camera],
  );

  return { isValidConnection, onConnect, onConnectStart, onConnectEnd };
}

const refOf = ({ nodeId, id }: { nodeId: string; id?: string | null }): PortRef => [
  nodeId,
  id ?? "main",
];

/** Says why two ports do not go together. */
function explain(editor: Editor, { end, role }: LooseWire, other: PortRef): void {
  const [from, to] = role === "source" ? [end, other] : [other, end];
  const reason = refusal(editor.docStore.getState().document, editor.catalog.byType, from, to);
  if (reason) toast(refusalText(reason), { key: "connect" });
}

/** On a card: its first port that fits. In the open: quick-add, to be connected. */
function land(
  editor: Editor,
  camera: Camera,
  { end, role }: LooseWire,
  x: number,
  y: number,
): void {
  const { document } = editor.docStore.getState();
  const { byType } = editor.catalog;
  const node = nodeUnder(x, y);
  if (node === null || isNoteElement(node)) {
    const at = camera.toCanvas([x, y - 46]);
    openQuickAdd(
      editor,
      role === "source" ? { at, from: end } : { at: [at[0] - 232, at[1]], to: end },
    );
    return;
  }
  if (node === end[0]) return;
  const fitting =
    role === "source"
      ? inputFor(document, byType, end, node)
      : outputFor(document, byType, node, end);
  if (fitting)
    connectPorts(
      editor,
      ...(role === "source" ? ([end, fitting] as const) : ([fitting, end] as const)),
    );
  else explain(editor, { end, role }, [node, "main"]);
}
