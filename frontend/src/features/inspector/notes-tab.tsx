// What people write on the node for those who come after, and how it reads.

import "@/lib/messages/noted";
import { setNotes, useCommit, useDocumentState } from "@/features/editor";
import { t } from "@/lib/i18n";
import { Markdown } from "@/ui/markdown";
import { Textarea } from "@/ui/textarea";
import { useInspected } from "./inspector-context";

/** The server takes no more: `notes` of a node in the document format. */
const LONGEST = 10_000;

export function NotesTab() {
  const { node } = useInspected();
  const commit = useCommit();
  const readOnly = useDocumentState((state) => state.readOnly);
  const { notes = "" } = node;
  const write = (text: string) =>
    commit(t("noted.step", { name: node.name }), (document) => setNotes(document, node.id, text), {
      key: `notes:${node.id}`,
    });
  if (readOnly && notes === "") return <p className="text-fg-muted">{t("noted.none")}</p>;
  return (
    <div className="flex flex-col gap-4">
      {!readOnly && (
        <Textarea
          label={t("noted.title")}
          help={t("noted.help")}
          rows={6}
          maxLength={LONGEST}
          value={notes}
          onChange={({ target }) => write(target.value)}
        />
      )}
      {notes !== "" && (
        <section aria-label={t("noted.reads")} className="rounded-control bg-sunken p-3">
          <Markdown text={notes} />
        </section>
      )}
    </div>
  );
}
