// Copy, cut and paste on the canvas through the browser's own clipboard events: no permission asked.

import { useEffect } from "react";
import { t } from "@/lib/i18n";
import { scopesAt } from "@/lib/keyboard";
import { toast } from "@/ui/toast";
import { useCamera } from "./canvas/rf";
import { pasteText, selectionAsText } from "./clipboard-operations";
import { deleteSelection } from "./operations";
import { useEditor } from "./store";

/** The events mean the canvas unless somebody types, reads marked text or answers a dialog. */
function isOurs(target: EventTarget | null): boolean {
  const scope = scopesAt(target instanceof Element ? target : null)[0];
  const marked = getSelection()?.isCollapsed === false;
  return !marked && scope !== "field" && scope !== "code" && scope !== "dialog";
}

export function useClipboard(): void {
  const editor = useEditor();
  const camera = useCamera();
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      const text = isOurs(event.target) ? selectionAsText(editor) : null;
      if (text === null) return;
      event.preventDefault();
      event.clipboardData?.setData("text/plain", text);
      if (event.type === "cut") deleteSelection(editor, true);
      else toast(t("editor.copied"), { key: "clipboard" });
    };
    const paste = async (event: ClipboardEvent) => {
      if (!isOurs(event.target) || editor.docStore.getState().readOnly) return;
      event.preventDefault();
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const [x, y] = camera.centre();
      if (!(await pasteText(editor, text, [x - 116, y - 46])))
        toast(t("editor.pasteRefused"), { key: "clipboard" });
    };
    const events = [
      ["copy", copy],
      ["cut", copy],
      ["paste", paste],
    ] as const;
    for (const [name, listener] of events) document.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of events) document.removeEventListener(name, listener);
    };
  }, [editor, camera]);
}
