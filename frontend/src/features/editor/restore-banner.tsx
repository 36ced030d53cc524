// After a crash or a closed tab: edits that never reached the server can be taken up again.

import "@/lib/messages/dialogs";
import { History } from "lucide-react";
import { useEffect, useState } from "react";
import { formatMoment } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { RestorePreview } from "./dialogs/deferred";
import { equalJson } from "./model/json";
import { merge } from "./model/merge";
import type { WorkflowDocument } from "./model/types";
import type { Journal, LeftBehind } from "./saving/journal";
import { useEditor } from "./store";

type Props = { readonly journal: Journal };

/** Only where there is something to save to; several editors may have left something behind. */
export function RestoreBanner({ journal }: Props) {
  const { saving, docStore, commit } = useEditor();
  const { offered, dismiss } = useLeftBehind(journal);
  const [isShown, show] = useState(false);
  if (!offered || !saving) return null;
  const restore = () => {
    commit(t("editor.step.restore"), (document) => restored(offered, document));
    dismiss();
    show(false);
    // Until the server has them they are kept twice; better than not at all.
    saving.flush().then(
      () => journal.forget(offered.writer),
      () => undefined,
    );
  };
  const discard = () => {
    dismiss();
    show(false);
    journal.forget(offered.writer).catch(() => undefined);
  };
  const time = formatMoment(new Date(offered.at).toISOString());
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-2 border-b border-line bg-warn-soft px-4 py-2"
    >
      <Icon icon={History} className="text-warn" />
      <span className="flex-1">{t("editor.restore.offer", { count: offered.changes, time })}</span>
      <Button size="small" variant="primary" onClick={restore}>
        {t("editor.restore.take")}
      </Button>
      <Button size="small" onClick={() => show(true)}>
        {t("editor.restore.show")}
      </Button>
      <Button size="small" onClick={discard}>
        {t("editor.restore.discard")}
      </Button>
      {isShown && (
        <RestorePreview
          before={docStore.getState().document}
          after={restored(offered, docStore.getState().document)}
          onRestore={restore}
          onDiscard={discard}
          onClose={() => show(false)}
        />
      )}
    </div>
  );
}

/** What the document is with these edits on it. */
function restored({ base, document: mine }: LeftBehind, document: WorkflowDocument) {
  return merge(base, mine, document).document;
}

/** The newest edits that would still change something; the others are forgotten. */
function useLeftBehind(journal: Journal) {
  const { docStore } = useEditor();
  const [waiting, setWaiting] = useState<readonly LeftBehind[]>([]);
  useEffect(() => {
    journal.leftBehind().then(setWaiting, () => undefined); // No storage, nothing to restore.
  }, [journal]);
  const isNews = (edits: LeftBehind) => {
    const { document } = docStore.getState();
    return !equalJson(restored(edits, document), document);
  };
  const offered = waiting.find(isNews);
  useEffect(() => {
    const { document } = docStore.getState();
    for (const edits of waiting) {
      const isIdle = equalJson(restored(edits, document), document);
      if (isIdle) journal.forget(edits.writer).catch(() => undefined);
    }
  }, [waiting, journal, docStore]);
  const dismiss = () => setWaiting((all) => all.filter((edits) => edits !== offered));
  return { offered, dismiss };
}
