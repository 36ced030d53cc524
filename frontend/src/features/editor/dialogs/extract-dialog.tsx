// Takes the selected nodes out into a workflow of their own, or says why that cannot be.

import "@/lib/messages/extract";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Workflow } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { TextField } from "@/ui/text-field";
import { toast } from "@/ui/toast";
import type { Editor } from "../editor-context";
import { CALL_TYPE } from "../model/drill";
import { cutAround, type ExtractRefusal, extracted, INPUT_TYPE, withCall } from "../model/extract";
import { nodesInQuestion } from "../operations";
import { select } from "../selection";
import { useEditor } from "../store";

export function ExtractDialog({ onClose }: { readonly onClose: () => void }) {
  const editor = useEditor();
  const client = useQueryClient();
  const [ids] = useState(() => new Set(nodesInQuestion(editor)));
  const [refusal] = useState(() => refusalFor(editor, ids));
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const take = async () => {
    setBusy(true);
    try {
      await extractInto(editor, ids, name.trim());
      await refresh(client, keys.workflows);
      onClose();
    } catch (error) {
      toast(t("editor.extract.failed"), { kind: "error", description: messageOf(error) });
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("editor.extract.title")}
      description={refusal ?? t("editor.extract.hint", { count: ids.size })}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t(refusal ? "common.close" : "common.cancel")}</Button>
          {!refusal && (
            <Button
              variant="primary"
              busy={busy}
              disabled={busy || name.trim() === ""}
              onClick={() => void take()}
            >
              {t("editor.extract.take")}
            </Button>
          )}
        </>
      }
    >
      {!refusal && (
        <TextField
          label={t("editor.extract.name")}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && name.trim() !== "" && !busy) void take();
          }}
        />
      )}
    </Dialog>
  );
}

function refusalFor(editor: Editor, ids: ReadonlySet<string>): string | null {
  const cut = cutAround(editor.docStore.getState().document, editor.catalog.byType, ids);
  return "reason" in cut ? textOf(cut) : null;
}

const textOf = ({ reason, names }: ExtractRefusal): string =>
  t(`editor.extract.refusal.${reason}`, { names: names.map((name) => `“${name}”`).join(", ") });

/** Makes the workflow, then puts the node that calls it in place: one step of the history. */
async function extractInto(editor: Editor, ids: ReadonlySet<string>, name: string): Promise<void> {
  const { byType } = editor.catalog;
  const [input, call] = [byType(INPUT_TYPE), byType(CALL_TYPE)];
  const before = editor.docStore.getState().document;
  const cut = cutAround(before, byType, ids);
  if ("reason" in cut) throw new Error(textOf(cut));
  if (!input || !call) throw new Error(t("editor.missingType"));
  const document = extracted(before, cut, { name, input });
  const { id } = await api.post<Workflow>("workflows/", { name, document });
  let placed: string | null = null;
  editor.commit(t("editor.step.extract", { name }), (now) => {
    // Somebody's edit may have come while the server worked; the cut is made through what is now.
    const present = cutAround(now, byType, ids);
    if ("reason" in present) return now;
    const replaced = withCall(now, present, { workflow: id, name, call });
    placed = replaced.node;
    return replaced.document;
  });
  if (placed === null) throw new Error(t("editor.extract.changed"));
  select(editor.selection, [placed]);
  toast(t("editor.extract.done", { name }), { kind: "success", key: "extract" });
}
