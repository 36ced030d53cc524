// The documents of a collection, and how far each is.

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  CircleCheck,
  CircleX,
  Clock,
  FileText,
  LoaderCircle,
  type LucideIcon,
  RotateCcw,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/refresh";
import { formatBytes, formatNumber, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import type { Tone } from "@/lib/status";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { ConfirmDialog } from "@/ui/dialog";
import { EmptyState } from "@/ui/empty-state";
import { IconButton } from "@/ui/icon-button";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { type Column, Table } from "@/ui/table";
import { type Collection, documentsQuery, type KnowledgeDocument, knowledgeKey } from "./queries";

type Props = { readonly collection: Collection; readonly mayEdit: boolean };

export function DocumentList({ collection, mayEdit }: Props) {
  const query = useInfiniteQuery(documentsQuery(collection.id));
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const commands: Column<KnowledgeDocument> = {
    id: "commands",
    header: t("knowledge.menu"),
    hideHeader: true,
    align: "end",
    cell: (row) => <Commands collection={collection} row={row} />,
  };
  return (
    <QueryState query={query}>
      {rows.length === 0 ? (
        <EmptyState icon={FileText} title={t("knowledge.emptyDocuments")}>
          {t("knowledge.emptyDocumentsText")}
        </EmptyState>
      ) : (
        <>
          <Card className="overflow-hidden">
            <Table
              label={t("knowledge.documents")}
              columns={mayEdit ? [...COLUMNS, commands] : COLUMNS}
              rows={rows}
              rowKey={(row) => row.id}
            />
          </Card>
          <LoadMore query={query} />
        </>
      )}
    </QueryState>
  );
}

type CommandsProps = { readonly collection: Collection; readonly row: KnowledgeDocument };

function Commands({ collection, row }: CommandsProps) {
  const client = useQueryClient();
  const path = `collections/${collection.id}/documents/${row.id}/`;
  const onSettled = () => refresh(client, knowledgeKey);
  const again = useMutation({ mutationFn: () => api.post(`${path}index/`), onSettled });
  const [asking, setAsking] = useState(false);
  const deletion = useMutation({
    mutationFn: () => api.delete(path),
    onSettled: () => {
      setAsking(false);
      return onSettled();
    },
  });
  return (
    <span className="inline-flex">
      {row.status === "failed" && (
        <IconButton
          icon={RotateCcw}
          label={t("knowledge.again")}
          disabled={again.isPending}
          onClick={() => again.mutate()}
        />
      )}
      <IconButton
        icon={Trash2}
        label={t("knowledge.deleteDocument", { name: row.name })}
        onClick={() => setAsking(true)}
      />
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={setAsking}
          title={t("knowledge.deleteDocumentTitle", { name: row.name })}
          description={t("knowledge.deleteDocumentText")}
          confirmLabel={t("common.delete")}
          danger
          busy={deletion.isPending}
          onConfirm={() => deletion.mutate()}
        />
      )}
    </span>
  );
}

type Look = { readonly tone: Tone; readonly icon: LucideIcon; readonly spins?: boolean };

const LOOKS: Readonly<Record<KnowledgeDocument["status"], Look>> = {
  queued: { tone: "queued", icon: Clock },
  indexing: { tone: "running", icon: LoaderCircle, spins: true },
  ready: { tone: "success", icon: CircleCheck },
  failed: { tone: "error", icon: CircleX },
};

function Status({ row }: { readonly row: KnowledgeDocument }) {
  const { tone, icon, spins } = LOOKS[row.status];
  return (
    <>
      <Chip tone={tone} icon={icon} spins={spins ?? false}>
        {t(`knowledge.status.${row.status}`)}
      </Chip>
      {row.error_message && <p className="mt-1 text-xs text-fg-muted">{row.error_message}</p>}
    </>
  );
}

const COLUMNS: readonly Column<KnowledgeDocument>[] = [
  {
    id: "name",
    header: t("knowledge.document"),
    cell: ({ name, size }) => (
      <>
        <span className="font-medium break-all">{name}</span>{" "}
        <span className="text-xs text-fg-subtle">{formatBytes(size)}</span>
      </>
    ),
  },
  { id: "status", header: t("knowledge.status"), cell: (row) => <Status row={row} /> },
  {
    id: "chunks",
    header: t("knowledge.chunks"),
    align: "end",
    cell: ({ chunk_count }) => (
      <>
        <span className="max-sm:hidden">{formatNumber(chunk_count)}</span>
        <span className="text-fg-muted sm:hidden">
          {t("knowledge.chunksCount", { count: chunk_count })}
        </span>
      </>
    ),
  },
  {
    id: "updated",
    header: t("knowledge.given"),
    wideOnly: true,
    cell: ({ updated_at }) => <span className="text-fg-muted">{formatRelative(updated_at)}</span>,
  },
];
