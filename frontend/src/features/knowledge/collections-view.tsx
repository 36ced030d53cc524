// All collections, by name.

import "@/lib/messages/knowledge";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BookOpen, Plus } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth";
import { Page } from "@/features/shell";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { type Column, Table } from "@/ui/table";
import { KnowledgeTabs } from "./knowledge-tabs";
import { NewCollectionDialog } from "./new-collection-dialog";
import { type Collection, collectionsQuery } from "./queries";

export function CollectionsView() {
  const [creating, setCreating] = useState(false);
  const query = useInfiniteQuery(collectionsQuery);
  const mayEdit = useCan("knowledge.edit");
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const create = mayEdit && (
    <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
      {t("knowledge.create")}
    </Button>
  );
  return (
    <Page
      title={t("nav.knowledge")}
      intro={t("knowledge.intro")}
      actions={rows.length > 0 && create}
    >
      <KnowledgeTabs />
      <QueryState query={query}>
        {rows.length === 0 ? (
          <EmptyState icon={BookOpen} title={t("knowledge.empty")} action={create}>
            {t("knowledge.emptyText")}
          </EmptyState>
        ) : (
          <>
            <Card className="overflow-hidden">
              <Table
                label={t("nav.knowledge")}
                columns={COLUMNS}
                rows={rows}
                rowKey={(row) => row.id}
              />
            </Card>
            <LoadMore query={query} />
          </>
        )}
      </QueryState>
      {creating && <NewCollectionDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

/** How many documents, and how many of them are not there yet. */
function countsOf({ document_count, waiting_count, failed_count }: Collection): string {
  return [
    t("knowledge.documentsCount", { count: document_count }),
    waiting_count > 0 && t("knowledge.waitingCount", { count: waiting_count }),
    failed_count > 0 && t("knowledge.failedCount", { count: failed_count }),
  ]
    .filter(Boolean)
    .join(" · ");
}

const COLUMNS: readonly Column<Collection>[] = [
  {
    id: "name",
    header: t("knowledge.name"),
    cell: ({ id, name, description }) => (
      <>
        <Link
          to="/knowledge/$collectionId"
          params={{ collectionId: id }}
          className="rounded-small font-semibold wrap-anywhere hover:text-accent hover:underline"
        >
          {name}
        </Link>
        {description && <p className="line-clamp-1 break-all text-fg-muted">{description}</p>}
      </>
    ),
  },
  {
    id: "documents",
    header: t("knowledge.documents"),
    cell: (row) => <span className="text-fg-muted">{countsOf(row)}</span>,
  },
  {
    id: "model",
    header: t("knowledge.model"),
    cell: ({ model }) => <span className="text-fg-muted">{model}</span>,
    wideOnly: true,
  },
];
