// Opens the quick-add dialog as asked and puts what was picked where it belongs.

import "@/lib/messages/palette";
import type { JsonObject, NodeSpec } from "@/api/types";
import { type PickMode, QuickAdd } from "@/features/palette";
import { t } from "@/lib/i18n";
import { offersTo } from "../model/capabilities";
import { portOf } from "../model/connect";
import { openSlots } from "../model/ports";
import {
  edgeKey,
  nodeById,
  type Port,
  type PortRef,
  type SpecOf,
  type WorkflowDocument,
} from "../model/types";
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
  const ask = asked(document, byType, request);
  const joined = (spec: NodeSpec): QuickAddRequest => {
    const slot = ask.slots?.find((one) => offersTo(one, spec));
    return slot && request.agent ? { to: [request.agent, slot.id] } : request;
  };
  const close = () => editor.ui.setState({ quickAdd: null });
  const pick = (spec: NodeSpec, mode: PickMode, params?: JsonObject) => {
    const node = addOfType(editor, spec, mode === "loose" ? alone(request) : joined(spec), params);
    camera.reveal(node.position, [232, 92]);
    const next = firstOutput(editor, node);
    if (mode === "chain" && ask.isSlot) return;
    if (mode === "chain") {
      openQuickAdd(editor, next ? { from: next } : {});
      return;
    }
    close();
  };
  return (
    <QuickAdd
      catalog={editor.catalog}
      placeholder={placeholderFor(request, document, ask)}
      connectsTo={nameOf(ask.source) ?? nameOf(ask.target)}
      allowed={(spec) => isAllowed(ask, spec)}
      onPick={pick}
      onClose={close}
      onClosed={() => focusCurrent(editor)}
    />
  );
}

type Asked = {
  readonly from: PortRef | undefined;
  readonly to: PortRef | undefined;
  readonly source: Port | undefined;
  readonly target: Port | undefined;
  /** The open slots of the agent that something is wanted for. */
  readonly slots: readonly Port[] | undefined;
  readonly isSlot: boolean;
};

/** What the new node will hang on. */
function asked(document: WorkflowDocument, specOf: SpecOf, request: QuickAddRequest): Asked {
  const edge = document.edges.find((candidate) => edgeKey(candidate) === request.edge);
  const from = edge?.from ?? request.from;
  const to = edge?.to ?? request.to;
  const source = from && portOf(document, specOf, from, "outputs");
  const target = to && portOf(document, specOf, to, "inputs");
  const agent = nodeById(document, request.agent ?? "");
  const slots = agent && openSlots(document, agent, specOf);
  const isSlot = agent !== undefined || (target !== undefined && target.kind !== "main");
  return { from, to, source, target, slots, isSlot };
}

const isAllowed = ({ source, target, slots }: Asked, spec: NodeSpec): boolean =>
  (!source || spec.inputs.some(({ kind }) => kind === source.kind)) &&
  (!target || offersTo(target, spec)) &&
  (!slots || slots.some((slot) => offersTo(slot, spec)));

const nameOf = (port: Port | undefined): string | null => (port ? port.label || port.id : null);

/** The same place without a wire. */
const alone = ({ at }: QuickAddRequest): QuickAddRequest => (at ? { at } : {});

function placeholderFor(
  { edge, agent }: QuickAddRequest,
  document: WorkflowDocument,
  { from, to, isSlot }: Asked,
): string {
  const name = nodeById(document, from?.[0] ?? to?.[0] ?? agent ?? "")?.name ?? "";
  if (edge) return t("palette.addInto");
  if (from) return t("palette.addAfter", { name });
  if (isSlot) return t("palette.attachTo", { name });
  if (to) return t("palette.addBefore", { name });
  return document.nodes.length === 0 ? t("palette.addFirst") : t("palette.addAny");
}
