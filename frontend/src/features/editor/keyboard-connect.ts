// Wires without a mouse: C takes the focused node's output, arrows go to the other node, Enter joins.

import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { showTargetsFor } from "./canvas/connecting";
import type { Editor } from "./editor-context";
import { inputFor, refusal } from "./model/connect";
import { edgesInto, edgesOutOf } from "./model/graph";
import { portsIn } from "./model/ports";
import { edgeKey, nodeById, type PortRef } from "./model/types";
import { connectPorts, currentNode, refusalText } from "./operations";

function outputsOf(editor: Editor, id: string): readonly PortRef[] {
  const { document } = editor.docStore.getState();
  const node = nodeById(document, id);
  const ports = node ? portsIn(document, node, editor.catalog.byType).outputs : [];
  return ports.map((port): PortRef => [id, port.id]);
}

/** Begins at the first output that is free; pressing C again takes the next output. */
function start(editor: Editor): void {
  const { connectingFrom } = editor.ui.getState();
  const node = currentNode(editor);
  const from =
    connectingFrom && node?.id === connectingFrom[0]
      ? nextOutput(editor, connectingFrom)
      : node && freeOutput(editor, node.id);
  if (!from || !node) {
    toast(t("editor.connectNothing"), { key: "connect" });
    return;
  }
  editor.ui.setState({ connectingFrom: from });
  showTargetsFor(editor, { end: from, role: "source" });
  toast(t("editor.connectHint", { name: node.name, port: from[1] }), { key: "connect" });
}

function freeOutput(editor: Editor, id: string): PortRef | undefined {
  const { document } = editor.docStore.getState();
  const taken = new Set(edgesOutOf(document, id).map((edge) => edge.from[1]));
  const outputs = outputsOf(editor, id);
  return outputs.find(([, port]) => !taken.has(port)) ?? outputs[0];
}

function nextOutput(editor: Editor, current: PortRef): PortRef | undefined {
  const outputs = outputsOf(editor, current[0]);
  const at = outputs.findIndex(([, port]) => port === current[1]);
  return outputs[(at + 1) % outputs.length];
}

/** Joins to the focused node; false when no wire was being drawn. */
function confirm(editor: Editor): boolean {
  const { connectingFrom } = editor.ui.getState();
  const node = currentNode(editor);
  if (!connectingFrom || !node) return false;
  const { document } = editor.docStore.getState();
  const { byType } = editor.catalog;
  const to = inputFor(document, byType, connectingFrom, node.id);
  if (to) connectPorts(editor, connectingFrom, to);
  else
    toast(
      refusalText(refusal(document, byType, connectingFrom, [node.id, "main"]) ?? "unknown_port"),
      { key: "connect" },
    );
  cancel(editor);
  return true;
}

/** Drops the wire; false when there was none. */
function cancel(editor: Editor): boolean {
  if (editor.ui.getState().connectingFrom === null) return false;
  editor.ui.setState({ connectingFrom: null });
  showTargetsFor(editor, null);
  return true;
}

/** Selects the wires of the focused node one after the other; Delete removes the selected one. */
function startRemoving(editor: Editor): void {
  const node = currentNode(editor);
  if (!node) return;
  const { document } = editor.docStore.getState();
  const keys = [...edgesOutOf(document, node.id), ...edgesInto(document, node.id)].map(edgeKey);
  const { edges } = editor.selection.getState();
  const next = keys[(keys.findIndex((key) => edges.has(key)) + 1) % keys.length];
  if (next === undefined) {
    toast(t("editor.disconnectNothing"), { key: "connect" });
    return;
  }
  editor.selection.setState({ edges: new Set([next]), elements: new Set() });
  toast(t("editor.disconnectHint"), { key: "connect" });
}

export const connectMode = { start, startRemoving, confirm, cancel };
