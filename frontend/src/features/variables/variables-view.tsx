// /app/settings/variables: values by name, who reads them, and their commands.

import "@/lib/messages/pages";
import "@/lib/messages/variables";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Braces, PencilLine, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { keys, variablesQuery } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Variable } from "@/api/types";
import { useCan } from "@/features/auth";
import { formatMoment, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { CopyButton } from "@/ui/copy-button";
import { ConfirmDialog } from "@/ui/dialog";
import { EmptyState } from "@/ui/empty-state";
import { IconButton } from "@/ui/icon-button";
import { QueryState } from "@/ui/query-state";
import { type Column, Table } from "@/ui/table";
import { toast } from "@/ui/toast";
import { VariableDialog } from "./variable-dialog";
import { VariableReaders } from "./variable-readers";

export function VariablesView() {
  const [creating, setCreating] = useState(false);
  const query = useQuery(variablesQuery);
  const mayEdit = useCan("variable.edit");
  const rows = query.data ?? [];
  const create = mayEdit && (
    <Button variant="primary" icon={Plus} onClick={() => setCreating(true)}>
      {t("variables.create")}
    </Button>
  );
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-fg-muted">{t("variables.intro")}</p>
        {rows.length > 0 && create}
      </div>
      <QueryState query={query}>
        {rows.length === 0 ? (
          <EmptyState icon={Braces} title={t("variables.empty")} action={create}>
            {t("variables.emptyText")}
          </EmptyState>
        ) : (
          <Card className="overflow-hidden">
            <Table
              label={t("variables.title")}
              columns={COLUMNS}
              rows={rows}
              rowKey={(row) => row.id}
            />
          </Card>
        )}
      </QueryState>
      {creating && <VariableDialog variable={null} onClose={() => setCreating(false)} />}
    </>
  );
}

const COLUMNS: readonly Column<Variable>[] = [
  { id: "name", header: t("variables.name"), cell: (row) => <NameCell row={row} /> },
  {
    id: "value",
    header: t("variables.value"),
    cell: ({ value }) => (
      <span title={value} className="line-clamp-2 font-code text-xs wrap-anywhere">
        {value}
      </span>
    ),
    className: "w-2/5 max-sm:w-full",
  },
  {
    id: "readers",
    header: t("variables.usedBy"),
    cell: (row) => <VariableReaders variable={row} />,
  },
  {
    id: "updated",
    header: t("variables.updated"),
    cell: ({ updated_at, updated_by }) => (
      <span title={formatMoment(updated_at)} className="text-fg-muted">
        {formatRelative(updated_at)}
        {updated_by && (
          <span className="text-fg-subtle">{t("workflows.by", { name: updated_by })}</span>
        )}
      </span>
    ),
    wideOnly: true,
  },
  {
    id: "commands",
    header: t("common.more"),
    hideHeader: true,
    cell: (row) => <Commands row={row} />,
    align: "end",
    className: "max-sm:absolute max-sm:end-2 max-sm:top-2",
  },
];

function NameCell({ row }: { readonly row: Variable }) {
  const expression = `{{ $vars.${row.name} }}`;
  return (
    <span className="flex flex-col">
      <span className="flex items-center gap-1">
        <span className="font-code font-semibold wrap-anywhere">{row.name}</span>
        <CopyButton iconOnly text={expression} label={t("variables.copy", { expression })} />
      </span>
      {row.description && <span className="text-xs text-fg-muted">{row.description}</span>}
    </span>
  );
}

function Commands({ row }: { readonly row: Variable }) {
  const [asking, setAsking] = useState<"change" | "delete" | null>(null);
  const client = useQueryClient();
  const mayEdit = useCan("variable.edit");
  const deletion = useMutation({
    mutationFn: () => api.delete(`variables/${row.id}/`),
    onSuccess: async () => {
      toast(t("variables.deleted", { name: row.name }));
      await refresh(client, keys.variables);
    },
    onSettled: () => setAsking(null),
  });
  if (!mayEdit) return null;
  return (
    <span className="inline-flex">
      <IconButton
        icon={PencilLine}
        label={t("variables.change", { name: row.name })}
        onClick={() => setAsking("change")}
      />
      <IconButton
        icon={Trash2}
        label={t("variables.delete", { name: row.name })}
        disabled={row.used_by.length > 0}
        onClick={() => setAsking("delete")}
      />
      {asking === "change" && <VariableDialog variable={row} onClose={() => setAsking(null)} />}
      <ConfirmDialog
        open={asking === "delete"}
        onOpenChange={() => setAsking(null)}
        title={t("variables.deleteTitle", { name: row.name })}
        description={t("variables.deleteText")}
        confirmLabel={t("common.delete")}
        danger
        busy={deletion.isPending}
        onConfirm={() => deletion.mutate()}
      />
    </span>
  );
}
