// The keys by which programs come in.

import "@/lib/messages/audit";
import "@/lib/messages/plugins";
import "@/lib/messages/pages";
import "@/lib/messages/team";
import "@/lib/messages/variables";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeySquare, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { apiKeysQuery, keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { ApiKey } from "@/api/types";
import { useCan } from "@/features/auth";
import { formatMoment, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { ConfirmDialog } from "@/ui/dialog";
import { EmptyState } from "@/ui/empty-state";
import { IconButton } from "@/ui/icon-button";
import { QueryState } from "@/ui/query-state";
import { type Column, Table } from "@/ui/table";
import { NewApiKeyDialog } from "./new-api-key-dialog";
import { roleLabel } from "./role-names";
import { SectionHeader } from "./settings-frame";

export function ApiKeysView() {
  const [creating, setCreating] = useState(false);
  const query = useQuery(apiKeysQuery);
  const mayCreate = useCan("api_key.create");
  const rows = query.data?.results ?? [];
  const create = mayCreate && (
    <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
      {t("apiKeys.create")}
    </Button>
  );
  return (
    <>
      <SectionHeader text={t("apiKeys.intro")} action={create} />
      <QueryState query={query}>
        {rows.length === 0 ? (
          <EmptyState icon={KeySquare} title={t("apiKeys.empty")} />
        ) : (
          <Card className="overflow-hidden">
            <Table
              label={t("apiKeys.title")}
              columns={COLUMNS}
              rows={rows}
              rowKey={(row) => row.id}
            />
          </Card>
        )}
      </QueryState>
      {creating && <NewApiKeyDialog onClose={() => setCreating(false)} />}
    </>
  );
}

const COLUMNS: readonly Column<ApiKey>[] = [
  {
    id: "name",
    header: t("apiKeys.name"),
    cell: ({ name, prefix }) => (
      <span className="flex flex-col">
        <span className="font-semibold">{name}</span>
        <span className="font-code text-xs text-fg-subtle">{prefix}…</span>
      </span>
    ),
  },
  {
    id: "scope",
    header: t("apiKeys.scope"),
    cell: ({ scopes, role }) => (
      <span className="text-fg-muted">{scopes?.join(", ") ?? roleLabel(role)}</span>
    ),
  },
  {
    id: "owner",
    header: t("apiKeys.owner"),
    cell: ({ owner_name }) => <span className="text-fg-muted">{owner_name}</span>,
    wideOnly: true,
  },
  {
    id: "used",
    header: t("apiKeys.lastUsed"),
    cell: (row) => <When iso={row.last_used_at} />,
    named: true,
  },
  {
    id: "expires",
    header: t("apiKeys.expires"),
    cell: (row) => <When iso={row.expires_at} />,
    named: true,
  },
  {
    id: "revoke",
    header: t("apiKeys.revoke"),
    hideHeader: true,
    cell: (row) => <RevokeCell row={row} />,
    align: "end",
  },
];

function When({ iso }: { readonly iso: string | null }) {
  return iso === null ? (
    <span className="text-fg-subtle">{t("common.never")}</span>
  ) : (
    <span className="text-fg-muted" title={formatMoment(iso)}>
      {formatRelative(iso)}
    </span>
  );
}

function RevokeCell({ row }: { readonly row: ApiKey }) {
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const mayRevoke = useCan("api_key.delete");
  const revocation = useMutation({
    mutationFn: () => api.delete(`api-keys/${row.id}/`),
    onSuccess: () => refresh(client, keys.apiKeys),
    onSettled: () => setAsking(false),
  });
  if (!mayRevoke) return null;
  return (
    <>
      <IconButton
        icon={Trash2}
        label={t("apiKeys.revokeWhich", { name: row.name })}
        onClick={() => setAsking(true)}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("apiKeys.revokeTitle", { name: row.name })}
        description={t("apiKeys.revokeText")}
        confirmLabel={t("apiKeys.revoke")}
        danger
        busy={revocation.isPending}
        onConfirm={() => revocation.mutate()}
      />
    </>
  );
}
