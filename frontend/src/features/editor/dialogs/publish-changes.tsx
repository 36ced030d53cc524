// What publishing would change: the draft against the version that is live.

import "@/lib/messages/dialogs";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { historyEntryQuery } from "@/api/history-queries";
import type { Workflow } from "@/api/types";
import { t } from "@/lib/i18n";
import { SkeletonRows } from "@/ui/skeleton";
import { ChangeList } from "../diff/change-list";
import { changesBetween } from "../model/diff";
import { useDocument, useEditor } from "../store";

type Props = { readonly workflow: Workflow; readonly version: number };

export function PublishChanges({ workflow, version }: Props) {
  const { catalog } = useEditor();
  const document = useDocument((whole) => whole);
  const ref = `v${version}`;
  const live = useQuery(historyEntryQuery(workflow.id, ref));
  const changes =
    live.data &&
    changesBetween(live.data.document, { ...document, pins: live.data.document.pins ?? {} }).filter(
      ({ kind }) => kind !== "moved",
    );
  return (
    <section className="flex flex-col gap-1">
      <header className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="text-base font-medium">{t("editor.publish.changes", { version })}</h3>
        <Link
          to="/w/$workflowId/history"
          params={{ workflowId: workflow.id }}
          search={{ a: ref, b: "draft" }}
          className="rounded-small text-accent hover:underline"
        >
          {t("editor.publish.changesShow")}
        </Link>
      </header>
      {!changes && !live.isError && <SkeletonRows rows={2} />}
      {changes?.length === 0 && (
        <p className="text-fg-muted">{t("editor.publish.changesNothing", { version })}</p>
      )}
      {changes && changes.length > 0 && (
        <div className="max-h-72 overflow-auto rounded-control border border-line px-3">
          <ChangeList
            label={t("editor.publish.changes", { version })}
            changes={changes}
            catalog={catalog}
          />
        </div>
      )}
    </section>
  );
}
