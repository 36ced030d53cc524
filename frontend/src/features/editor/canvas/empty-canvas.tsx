// A new workflow's canvas: three ways to begin.

import "@/lib/messages/dialogs";
import { useNavigate } from "@tanstack/react-router";
import { ClipboardPaste, FlaskConical, LayoutTemplate, type LucideIcon, Zap } from "lucide-react";
import { useState } from "react";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { pasteText } from "../clipboard-operations";
import { PasteDialog } from "../dialogs/deferred";
import { openQuickAdd } from "../operations";
import { sampleText } from "../sample";
import { useDocument, useDocumentState, useEditor } from "../store";
import { useCamera } from "./rf";

export function EmptyCanvas() {
  const editor = useEditor();
  const camera = useCamera();
  const navigate = useNavigate();
  const [pasting, setPasting] = useState(false);
  const isEmpty = useDocument((document) => document.nodes.length === 0);
  const readOnly = useDocumentState((state) => state.readOnly);
  if (!isEmpty || readOnly) return null;
  const fill = async (text: string) => {
    const taken = await pasteText(editor, text, [0, 0]);
    if (taken) requestAnimationFrame(() => camera.fit());
    return taken;
  };
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center overflow-y-auto p-4">
      <div className="pointer-events-auto flex flex-col items-center gap-5 max-sm:pt-16">
        <div className="text-center">
          <h2 className="text-xl">{t("editor.empty.title")}</h2>
          <p className="mt-1 text-fg-muted">{t("editor.empty.hint")}</p>
        </div>
        <div className="flex flex-wrap justify-center gap-3">
          <Choice
            icon={Zap}
            title={t("editor.empty.trigger")}
            hint={t("editor.empty.triggerHint")}
            onChoose={() => openQuickAdd(editor)}
          />
          <Choice
            icon={LayoutTemplate}
            title={t("editor.empty.template")}
            hint={t("editor.empty.templateHint")}
            onChoose={() => void navigate({ to: "/templates", search: {} })}
          />
          <Choice
            icon={ClipboardPaste}
            title={t("editor.empty.paste")}
            hint={t("editor.empty.pasteHint")}
            onChoose={() => setPasting(true)}
          />
        </div>
        <Button icon={FlaskConical} onClick={() => void fill(sampleText())}>
          {t("editor.empty.sample")}
        </Button>
      </div>
      {pasting && <PasteDialog onPaste={fill} onClose={() => setPasting(false)} />}
    </div>
  );
}

type ChoiceProps = {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly hint: string;
  readonly onChoose: () => void;
};

function Choice({ icon, title, hint, onChoose }: ChoiceProps) {
  return (
    <button
      type="button"
      onClick={onChoose}
      className="flex w-56 flex-col items-start gap-3 rounded-panel border border-line bg-surface p-4 text-start shadow-panel transition-colors duration-(--time-hover) hover:border-accent max-sm:w-full max-sm:flex-row max-sm:items-center"
    >
      <span className="flex size-10 shrink-0 items-center justify-center rounded-control bg-accent-soft text-accent">
        <Icon icon={icon} size={20} />
      </span>
      <span>
        <span className="block text-md font-semibold">{title}</span>
        <span className="mt-0.5 block text-fg-muted">{hint}</span>
      </span>
    </button>
  );
}
