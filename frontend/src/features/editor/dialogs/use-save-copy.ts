// Out of a conflict: my document becomes a workflow of its own, and theirs stays as it is.

import "@/lib/messages/dialogs";
import { useNavigate } from "@tanstack/react-router";
import { api } from "@/api/client";
import { messageOf } from "@/api/problem";
import type { Workflow } from "@/api/types";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import type { SaveState, Saving } from "../saving/autosave";
import { useEditor } from "../store";

type Conflict = Extract<SaveState, { kind: "conflict" }>;

export function useSaveCopy(saving: Saving, { conflicts }: Conflict, onClose: () => void) {
  const { docStore } = useEditor();
  const navigate = useNavigate();
  return async () => {
    const { document } = docStore.getState();
    const name = t("editor.conflict.copyName", { name: document.name });
    try {
      const copy = await api.post<Workflow>("workflows/", {
        name,
        document: { ...document, name },
      });
      saving.resolve(new Map(conflicts.map(({ place }) => [place, "theirs"])));
      onClose();
      await navigate({ to: "/w/$workflowId", params: { workflowId: copy.id } });
    } catch (error) {
      toast(t("editor.conflict.copyFailed"), { kind: "error", description: messageOf(error) });
    }
  };
}
