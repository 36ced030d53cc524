// Dialogs that ask for names: of a new table, a new column, and of what is renamed.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { api } from "@/api/client";
import { fieldErrors, messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { ColumnType, DataTable, TableColumn } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Select } from "@/ui/select";
import { TextField } from "@/ui/text-field";

const TYPES: readonly ColumnType[] = ["text", "number", "boolean", "date_time", "json"];
const MAX_NAME = 100;

type Closing = { readonly onClose: () => void };

export function NewTableDialog({ onClose }: Closing) {
  const navigate = useNavigate();
  return (
    <NameDialog
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
    <NameDialog
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
    <NameDialog
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
    </NameDialog>
  );
}

type RenameColumnProps = Closing & { readonly table: DataTable; readonly column: TableColumn };

export function RenameColumnDialog({ table, column, onClose }: RenameColumnProps) {
  return (
    <NameDialog
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

function NameDialog<Saved>({
  title,
  name: before,
  save,
  onSaved,
  onClose,
  children,
}: Props<Saved>) {
  const [name, setName] = useState(before ?? "");
  const form = useId();
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: () => save(name.trim()),
    onSuccess: async (saved) => {
      await refresh(client, keys.tables);
      onSaved(saved);
    },
    meta: { quiet: true },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  const error = fieldErrors(saving.error)["name"] ?? (saving.error && messageOf(saving.error));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={form} variant="primary" busy={saving.isPending}>
            {before === undefined ? t("common.create") : t("common.save")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t("tables.name")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={error ?? null}
          maxLength={MAX_NAME}
          required
        />
        {children}
      </form>
    </Dialog>
  );
}
