// Opens the quick-add dialog as asked and puts what was picked where it belongs.

import type { JsonObject, NodeSpec } from "@/api/types";
import { type PickMode, QuickAdd } from "@/features/palette";
import { t } from "@/lib/i18n";
import { portOf } from "../model/connect";
import { edgeKey, nodeById } from "../model/types";
import { addOfType, firstOutput, focusCurrent, openQuickAdd } from "../operations";
import { useDocument, useEditor, useEditorUi } from "../store";
import type { QuickAddRequest } from "../ui-store";
import { useCamera } from "./rf";

export function QuickAddHost() {
  const request = useEditorUi((ui) => ui.quickAdd);
  return request && <OpenQuickAdd request={request} />;
}

function OpenQuickAdd({ request }: { readonly request: QuickAddRequest }) {
  const editor = useEditor();
  const camera = useCamera();
  const document = useDocument((whole) => whole);
  const { byType } = editor.catalog;
  const edge = document.edges.find((candidate) => edgeKey(candidate) === request.edge);
  const from = edge?.from ?? request.from;
  const to = edge?.to ?? request.to;
  const source = from && portOf(document, byType, from, "outputs");
  const target = to && portOf(document, byType, to, "inputs");
  const allowed = (spec: NodeSpec) =>
    (!source || spec.inputs.some(({ kind }) => kind === source.kind)) &&
    (!target || spec.outputs.some(({ kind }) => kind === target.kind));

  const close = () => editor.ui.setState({ quickAdd: null });
  const pick = (spec: NodeSpec, mode: PickMode, params?: JsonObject) => {
    const { at } = request;
    const loose = mode === "loose" ? (at ? { at } : {}) : request;
    const node = addOfType(editor, spec, loose, params);
    camera.reveal(node.position, [232, 92]);
    const next = firstOutput(editor, node);
    if (mode === "chain") {
      openQuickAdd(editor, next ? { from: next } : {});
      return;
    }
    close();
  };
  return (
    <QuickAdd
      catalog={editor.catalog}
      placeholder={placeholderFor(
        request,
        nameOf(from?.[0]),
        nameOf(to?.[0]),
        document.nodes.length === 0,
      )}
      connectsTo={source ? source.label || source.id : target ? target.label || target.id : null}
      allowed={allowed}
      onPick={pick}
      onClose={close}
      onClosed={() => focusCurrent(editor)}
    />
  );

  function nameOf(id: string | undefined): string {
    return (id === undefined ? undefined : nodeById(document, id)?.name) ?? "";
  }
}

function placeholderFor(
  { edge, from, to }: QuickAddRequest,
  source: string,
  target: string,
  isFirst: boolean,
): string {
  if (edge) return t("palette.addInto");
  if (from) return t("palette.addAfter", { name: source });
  if (to) return t("palette.addBefore", { name: target });
  return isFirst ? t("palette.addFirst") : t("palette.addAny");
}
