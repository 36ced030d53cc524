// One collection: documents to give and to look after, and a search to try out.

import "@/lib/messages/knowledge";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Ellipsis, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/refresh";
import { useCan } from "@/features/auth";
import { Page } from "@/features/shell";
import { t } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { Menu } from "@/ui/menu";
import { QueryState } from "@/ui/query-state";
import { DocumentDrop } from "./document-drop";
import { DocumentList } from "./document-list";
import { type Collection, collectionQuery, knowledgeKey } from "./queries";
import { SearchCard } from "./search-card";

export function CollectionView({ collectionId }: { readonly collectionId: string }) {
  const query = useQuery(collectionQuery(collectionId));
  if (!query.data) {
    return (
      <Page title={t("nav.knowledge")}>
        <QueryState query={query}>{null}</QueryState>
      </Page>
    );
  }
  return <LoadedCollection collection={query.data} />;
}

type Props = { readonly collection: Collection };

function LoadedCollection({ collection }: Props) {
  const [deleting, setDeleting] = useState(false);
  const mayEdit = useCan("knowledge.edit");
  return (
    <Page
      title={collection.name}
      above={
        <Link to="/knowledge" className="rounded-small text-fg-muted hover:underline">
          {t("nav.knowledge")}
        </Link>
      }
      intro={collection.description || collection.model}
      actions={mayEdit && <Commands onDelete={() => setDeleting(true)} />}
    >
      {collection.document_count > 0 && <SearchCard collection={collection} />}
      {mayEdit && <DocumentDrop collection={collection} />}
      <DocumentList collection={collection} mayEdit={mayEdit} />
      {deleting && <Deletion collection={collection} onClose={() => setDeleting(false)} />}
    </Page>
  );
}

function Commands({ onDelete }: { readonly onDelete: () => void }) {
  const label = t("knowledge.menu");
  return (
    <Menu
      label={label}
      align="end"
      trigger={<IconButton icon={Ellipsis} label={label} variant="outline" />}
      entries={[
        {
          id: "delete",
          label: t("common.delete"),
          icon: Trash2,
          danger: true,
          onSelect: onDelete,
        },
      ]}
    />
  );
}

function Deletion({ collection, onClose }: Props & { readonly onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const deletion = useMutation({
    mutationFn: () => api.delete(`collections/${collection.id}/`),
    onSuccess: async () => {
      await navigate({ to: "/knowledge" });
      await refresh(client, knowledgeKey);
    },
    onSettled: onClose,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("knowledge.deleteTitle", { name: collection.name })}
      description={t("knowledge.deleteText", { count: collection.document_count })}
      confirmLabel={t("common.delete")}
      danger
      busy={deletion.isPending}
      onConfirm={() => deletion.mutate()}
    />
  );
}
