// Says that the output is pinned, and lets it be edited as JSON.

import { Pencil, Pin } from "lucide-react";
import { useState } from "react";
import type { Item } from "@/api/types";
import {
  hasChangedSincePin,
  pinning,
  useDocument,
  useDocumentState,
  useEditor,
} from "@/features/editor";
import { formatMoment, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { parseItems } from "@/lib/items";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Icon } from "@/ui/icon";
import { CodeEditor } from "../expression/code-editor";
import { useInspected } from "../inspector-context";

export function PinBanner({ items }: { readonly items: readonly Item[] }) {
  const [isEditing, setEditing] = useState(false);
  const readOnly = useDocumentState((state) => state.readOnly);
  return (
    <div className="flex items-center gap-2 border-b border-line bg-accent-soft px-3 py-1 text-xs text-accent">
      <Icon icon={Pin} size={14} />
      <PinAge />
      {!readOnly && (
        <Button size="small" variant="ghost" icon={Pencil} onClick={() => setEditing(true)}>
          {t("inspector.pin.edit")}
        </Button>
      )}
      {isEditing && <PinEditor items={items} onClose={() => setEditing(false)} />}
    </div>
  );
}

/** How old it is and whose; drafts from before this was kept do not know. */
function PinAge() {
  const { node } = useInspected();
  const facts = useDocument((document) => document.pin_facts?.[node.id]);
  const hasChanged = useDocument((document) => hasChangedSincePin(document, node.id));
  const { by = "" } = facts ?? {};
  const age = facts && formatRelative(facts.at);
  const sentence = age
    ? t(by ? "inspector.pin.bannerBy" : "inspector.pin.bannerAt", { age, by })
    : t("inspector.pin.banner");
  return (
    <span className="flex flex-1 flex-wrap gap-x-1.5">
      <span title={facts && formatMoment(facts.at)}>{sentence}</span>
      {hasChanged && <span className="font-medium text-warn">{t("inspector.pin.changed")}</span>}
    </span>
  );
}

type EditorProps = { readonly items: readonly Item[]; readonly onClose: () => void };

function PinEditor({ items, onClose }: EditorProps) {
  const { node } = useInspected();
  const editor = useEditor();
  const [text, setText] = useState(() => JSON.stringify(items, null, 2));
  const parsed = parseItems<Item>(text);
  const save = () => {
    if (typeof parsed === "string") return;
    const step = t("inspector.step.editPin", { name: node.name });
    editor.commit(step, pinning(editor, node.id, parsed));
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="large"
      title={t("inspector.pin.title", { name: node.name })}
      description={t("inspector.pin.text")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" disabled={typeof parsed === "string"} onClick={save}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <CodeEditor
        naming={{ "aria-label": t("inspector.pin.json") }}
        language="json"
        text={text}
        disabled={false}
        onText={setText}
      />
      <p role="status" className="min-h-5 pt-1 text-xs text-error">
        {typeof parsed === "string" ? parsed : ""}
      </p>
    </Dialog>
  );
}
