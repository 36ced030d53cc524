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
import { keptOutside } from "../model/keep-outside";
import { nodesInQuestion } from "../operations";
import { select } from "../selection";
import { useEditor } from "../store";

export function ExtractDialog({ onClose }: { readonly onClose: () => void }) {
  const editor = useEditor();
  const client = useQueryClient();
  const [{ ids, refusal, hint }] = useState(() => planFor(editor));
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
      description={refusal ?? hint}
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

type Plan = {
  readonly ids: ReadonlySet<string>;
  /** Why nothing can be taken out. */
  readonly refusal: string | null;
  /** What happens, and what stays although it was selected. */
  readonly hint: string;
};

function planFor(editor: Editor): Plan {
  const { document } = editor.docStore.getState();
  const { byType } = editor.catalog;
  const ids = new Set(nodesInQuestion(editor));
  const cut = cutAround(document, byType, ids);
  const hint = t("editor.extract.hint", { count: ids.size });
  if (!("reason" in cut)) return { ids, refusal: null, hint };
  const smaller = cut.reason === "entries" ? keptOutside(document, byType, ids) : null;
  if (!smaller) return { ids, refusal: textOf(cut), hint };
  const names = quoted(smaller.stays.map(({ name }) => name));
  const count = smaller.ids.size;
  return { ids: smaller.ids, refusal: null, hint: t("editor.extract.smaller", { names, count }) };
}

const textOf = ({ reason, names }: ExtractRefusal): string =>
  t(`editor.extract.refusal.${reason}`, { names: quoted(names) });

const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(", ");

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
