// Dialogs that ask for names: of a new table, a new column, and of what is renamed.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { api } from "@/api/client";
import { fieldErrors, messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { ColumnType, DataTable, TableColumn } from "@/api/types";
import { t } from "@/lib/i18n";
import { NameDialog } from "@/ui/name-dialog";
import { Select } from "@/ui/select";

const TYPES: readonly ColumnType[] = ["text", "number", "boolean", "date_time", "json"];
const MAX_NAME = 100;

type Closing = { readonly onClose: () => void };

export function NewTableDialog({ onClose }: Closing) {
  const navigate = useNavigate();
  return (
    <TableNameDialog
      title={t("tables.create")}
      save={(name) =>
        api.post<DataTable>("tables/", { name, columns: [{ name: "Name", type: "text" }] })
      }
      onSaved={(table) => {
        onClose();
        void navigate({ to: "/tables/$tableId", params: { tableId: table.id } });
      }}
      onClose={onClose}
    />
  );
}

export function RenameTableDialog({ table, onClose }: Closing & { readonly table: DataTable }) {
  return (
    <TableNameDialog
      title={t("tables.renameTitle")}
      name={table.name}
      save={(name) => api.patch(`tables/${table.id}/`, { name })}
      onSaved={onClose}
      onClose={onClose}
    />
  );
}

export function NewColumnDialog({ table, onClose }: Closing & { readonly table: DataTable }) {
  const [type, setType] = useState<string>("text");
  return (
    <TableNameDialog
      title={t("tables.addColumn")}
      save={(name) => api.post(`tables/${table.id}/columns/`, { name, type })}
      onSaved={onClose}
      onClose={onClose}
    >
      <Select
        label={t("tables.columnType")}
        value={type}
        onChange={setType}
        options={TYPES.map((one) => ({ value: one, label: t(`tables.type.${one}`) }))}
      />
    </TableNameDialog>
  );
}

type RenameColumnProps = Closing & { readonly table: DataTable; readonly column: TableColumn };

export function RenameColumnDialog({ table, column, onClose }: RenameColumnProps) {
  return (
    <TableNameDialog
      title={t("tables.renameColumn")}
      name={column.name}
      save={(name) => api.patch(`tables/${table.id}/columns/${column.key}/`, { name })}
      onSaved={onClose}
      onClose={onClose}
    />
  );
}

type Props<Saved> = Closing & {
  readonly title: string;
  readonly name?: string;
  readonly save: (name: string) => Promise<Saved>;
  readonly onSaved: (saved: Saved) => void;
  readonly children?: ReactNode;
};

function TableNameDialog<Saved>({ save, onSaved, ...dialog }: Props<Saved>) {
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async (saved) => {
      await refresh(client, keys.tables);
      onSaved(saved);
    },
    meta: { quiet: true },
  });
  const error = fieldErrors(saving.error)["name"] ?? (saving.error && messageOf(saving.error));
  return (
    <NameDialog
      {...dialog}
      label={t("tables.name")}
      maxLength={MAX_NAME}
      verb={dialog.name === undefined ? t("common.create") : t("common.save")}
      busy={saving.isPending}
      error={error ?? null}
      onSave={saving.mutate}
    />
  );
}
