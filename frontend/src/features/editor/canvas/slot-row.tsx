// The slots along an agent's lower edge: what may be attached, and a way to add what fits.

import "@/lib/messages/agents";
import { Plus } from "lucide-react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { attachedTo, isTaken } from "../model/capabilities";
import { slotShare } from "../model/geometry";
import type { Port } from "../model/types";
import { openQuickAdd } from "../operations";
import { useDocument, useDocumentState, useEditor } from "../store";

type Props = { readonly id: string; readonly slots: readonly Port[] };

export function SlotRow({ id, slots }: Props) {
  return (
    <div className="node-detail absolute inset-x-0 bottom-0 flex h-7 border-t border-line text-2xs text-fg-muted">
      {slots.map((slot) => (
        <span
          key={slot.id}
          style={{ flex: `${slotShare(slot)} 0 0` }}
          className="relative flex min-w-0 items-center justify-center pb-1"
        >
          <Slot id={id} slot={slot} />
        </span>
      ))}
    </div>
  );
}

function Slot({ id, slot }: { readonly id: string; readonly slot: Port }) {
  const editor = useEditor();
  const readOnly = useDocumentState((state) => state.readOnly);
  const count = useDocument((document) => attachedTo(document, id, slot.id).length);
  const label = slot.label || slot.id;
  const isOpen = !useDocument((document) => isTaken(document, id, slot));
  const isMissing = slot.required === true && count === 0;
  return (
    <>
      <span className={cx("truncate", isMissing && "font-medium text-error")}>
        {label}
        {isMissing && " *"}
      </span>
      {isOpen && !readOnly && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t("agents.addTo", { slot: label })}
          title={t("agents.addTo", { slot: label })}
          onClick={(event) => {
            event.stopPropagation();
            openQuickAdd(editor, { to: [id, slot.id] });
          }}
          onDoubleClick={(event) => event.stopPropagation()}
          data-kind={slot.kind}
          className={cx("slot-add nodrag nopan", count > 0 && "slot-add-aside")}
        >
          <Icon icon={Plus} size={12} />
        </button>
      )}
    </>
  );
}
