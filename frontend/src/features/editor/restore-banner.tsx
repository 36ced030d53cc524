// After a crash or a closed tab: edits that never reached the server can be taken up again.

import { History } from "lucide-react";
import { useEffect, useState } from "react";
import { formatMoment } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { equalJson } from "./model/json";
import { merge } from "./model/merge";
import type { Journal, JournalEntry } from "./saving/journal";
import { useEditor } from "./store";

export function RestoreBanner({ journal }: { readonly journal: Journal }) {
  const editor = useEditor();
  const { workflowId, docStore, commit } = editor;
  const [entry, setEntry] = useState<JournalEntry | null>(null);
  useEffect(() => {
    journal.read(workflowId).then(
      (found) => {
        const { document } = docStore.getState();
        if (found && !equalJson(found.document, document)) setEntry(found);
      },
      () => undefined, // Without storage there is nothing to restore.
    );
  }, [journal, workflowId, docStore]);
  if (!entry) return null;
  const restore = () => {
    setEntry(null);
    commit(
      t("editor.step.restore"),
      (document) => merge(entry.base, entry.document, document).document,
    );
  };
  const discard = () => {
    setEntry(null);
    void journal.clear(workflowId);
  };
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 border-b border-line bg-warn-soft px-4 py-2"
    >
      <Icon icon={History} className="text-warn" />
      <span className="flex-1">
        {t("editor.restore.offer", {
          count: entry.changes,
          time: formatMoment(new Date(entry.at).toISOString()),
        })}
      </span>
      <Button size="small" variant="primary" onClick={restore}>
        {t("editor.restore.take")}
      </Button>
      <Button size="small" onClick={discard}>
        {t("editor.restore.discard")}
      </Button>
    </div>
  );
}
