// Freezes the output that is shown for runs of the draft, or frees it again.

import { Pin, PinOff } from "lucide-react";
import { pinning, useDocumentState, useEditor } from "@/features/editor";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { toast } from "@/ui/toast";
import { useInspected } from "../inspector-context";
import type { NodeData } from "./use-node-data";

type PinProps = {
  readonly data: NodeData;
  /** Pinned items come out at the first output, so those of another are not to be pinned. */
  readonly isFirst: boolean;
};

export function PinButton({ data, isFirst }: PinProps) {
  const { node } = useInspected();
  const editor = useEditor();
  const readOnly = useDocumentState((state) => state.readOnly);
  if (readOnly) return null;
  const isPinned = data.origin === "pin";
  const step = isPinned ? "inspector.step.unpin" : "inspector.step.pin";
  const toggle = () => {
    const items = isPinned ? null : data.items;
    editor.commit(t(step, { name: node.name }), pinning(editor, node.id, items));
    const count = data.items.length;
    if (!isPinned && count < data.total) {
      toast(t("inspector.pin.part", { count, total: data.total }), { key: "pin" });
    }
  };
  return (
    <Button
      size="small"
      variant="ghost"
      icon={isPinned ? PinOff : Pin}
      disabled={!isPinned && (!isFirst || data.origin !== "run" || data.items.length === 0)}
      title={isPinned || isFirst ? undefined : t("inspector.pin.onlyFirst")}
      onClick={toggle}
    >
      <span className="@max-lg:sr-only">
        {isPinned ? t("inspector.unpin") : t("inspector.pin")}
      </span>
    </Button>
  );
}
