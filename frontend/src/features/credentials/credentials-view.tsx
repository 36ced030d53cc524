// All credentials: what they are for and who uses them, never what is in them.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { credentialsQuery, credentialTypesQuery } from "@/api/queries";
import type { Credential } from "@/api/types";
import { useCan } from "@/features/auth";
import { Page } from "@/features/shell";
import { formatDate, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { EmptyState } from "@/ui/empty-state";
import { QueryState } from "@/ui/query-state";
import { type Column, Table } from "@/ui/table";
import { CredentialDialog } from "./credential-dialog";
import { CredentialMenu } from "./credential-menu";
import { endOf } from "./model/end";

export function CredentialsView() {
  const [creating, setCreating] = useState(false);
  const query = useQuery(credentialsQuery);
  const mayEdit = useCan("credential.edit");
  const rows = query.data?.results ?? [];
  const create = mayEdit && (
    <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
      {t("credentials.create")}
    </Button>
  );
  return (
    <Page title={t("nav.credentials")} intro={t("credentials.intro")} actions={create}>
      <QueryState query={query}>
        {rows.length === 0 ? (
          <EmptyState icon={KeyRound} title={t("credentials.empty")} action={create}>
            {t("credentials.emptyText")}
          </EmptyState>
        ) : (
          <Card className="overflow-hidden">
            <Table
              label={t("nav.credentials")}
              columns={COLUMNS}
              rows={rows}
              rowKey={(row) => row.id}
            />
          </Card>
        )}
      </QueryState>
      {creating && <CredentialDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

const COLUMNS: readonly Column<Credential>[] = [
  {
    id: "name",
    header: t("credentials.name"),
    cell: (row) => (
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-semibold wrap-anywhere">{row.name}</span>
        <ConnectionChip row={row} />
        <EndChip row={row} />
      </span>
    ),
  },
  { id: "type", header: t("credentials.type"), cell: (row) => <TypeTitle id={row.type} /> },
  {
    id: "value",
    header: t("credentials.value"),
    cell: ({ updated_at }) => (
      <span className="text-fg-muted">
        <span aria-hidden="true">•••• </span>
        {t("credentials.setWhen", { when: formatRelative(updated_at) })}
      </span>
    ),
  },
  { id: "used", header: t("credentials.usedBy"), cell: (row) => <UsedBy row={row} /> },
  {
    id: "menu",
    header: t("common.more"),
    hideHeader: true,
    cell: (row) => <CredentialMenu row={row} />,
    align: "end",
    className: "max-sm:absolute max-sm:end-2 max-sm:top-2",
  },
];

function TypeTitle({ id }: { readonly id: string }) {
  const { data } = useQuery(credentialTypesQuery);
  return <span className="text-fg-muted">{data?.find((type) => type.id === id)?.title ?? id}</span>;
}

function ConnectionChip({ row: { connection } }: { readonly row: Credential }) {
  if (connection === null) return null;
  if (connection === "connected") return <Chip tone="success">{t("credentials.connected")}</Chip>;
  return <Chip tone="warn">{t(`credentials.connection.${connection}`)}</Chip>;
}

function EndChip({ row }: { readonly row: Credential }) {
  const end = endOf(row.expires_on, Date.now());
  if (!end || !row.expires_on) return null;
  const when = formatDate(new Date(`${row.expires_on}T00:00:00`));
  return (
    <Chip tone={END_TONES[end]}>
      {t(end === "past" ? "credentials.ended" : "credentials.ends", { when })}
    </Chip>
  );
}

const END_TONES = { past: "error", soon: "warn", later: "neutral" } as const;

function UsedBy({ row }: { readonly row: Credential }) {
  if (row.used_by.length + row.used_by_models.length === 0) {
    return <span className="text-fg-subtle">{t("credentials.unused")}</span>;
  }
  return (
    <span className="flex flex-wrap gap-x-3">
      {row.used_by.map(({ id, name }) => (
        <Link
          key={id}
          to="/w/$workflowId"
          params={{ workflowId: id }}
          className="rounded-small hover:text-accent hover:underline"
        >
          {name}
        </Link>
      ))}
      {row.used_by_models.map(({ id, name }) => (
        <Link
          key={id}
          to="/settings/models"
          className="rounded-small hover:text-accent hover:underline"
        >
          {name}
        </Link>
      ))}
    </span>
  );
}
