// The header of a column: what it holds, how rows are sorted by it, and its commands.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  ArrowDown,
  ArrowUp,
  Braces,
  Calendar,
  Hash,
  type LucideIcon,
  Pencil,
  ToggleLeft,
  Trash2,
  Type,
} from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { ColumnType, DataTable, TableColumn } from "@/api/types";
import { t } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/dialog";
import { Icon } from "@/ui/icon";
import { Menu, type MenuEntry } from "@/ui/menu";
import { RenameColumnDialog } from "./name-dialogs";

const ICONS: Readonly<Record<ColumnType, LucideIcon>> = {
  text: Type,
  number: Hash,
  boolean: ToggleLeft,
  date_time: Calendar,
  json: Braces,
};

/** How rows are sorted by the column of this name, if they are. */
export function sortOf(name: string, sort: string): "ascending" | "descending" | undefined {
  if (sort === name) return "ascending";
  return sort === `-${name}` ? "descending" : undefined;
}

type HeaderProps = {
  readonly table: DataTable;
  readonly column: TableColumn;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly mayEdit: boolean;
};

export function ColumnHeader({ table, column, sort, onSort, mayEdit }: HeaderProps) {
  const [asking, setAsking] = useState<"rename" | "delete" | null>(null);
  const entries = [
    ...(column.type === "json" ? [] : sortEntries(column.name, onSort)),
    ...(mayEdit ? editEntries(setAsking) : []),
  ];
  const sorted = sortOf(column.name, sort);
  const close = () => setAsking(null);
  const label = (
    <>
      <Icon icon={ICONS[column.type]} size={14} className="text-fg-subtle" />
      <span className="min-w-0 flex-1 truncate text-start">{column.name}</span>
      {sorted && <Icon icon={sorted === "ascending" ? ArrowUp : ArrowDown} size={14} />}
    </>
  );
  return (
    <>
      {entries.length === 0 ? (
        <span className="flex items-center gap-2 px-3">{label}</span>
      ) : (
        <Menu
          label={t("tables.menu", { name: column.name })}
          trigger={
            <button
              type="button"
              title={t(`tables.type.${column.type}`)}
              className="flex h-9 w-full max-w-72 items-center gap-2 px-3 focus-visible:-outline-offset-2 hover:bg-hover"
            >
              {label}
            </button>
          }
          entries={entries}
        />
      )}
      {asking === "rename" && <RenameColumnDialog table={table} column={column} onClose={close} />}
      {asking === "delete" && <ColumnDeletion table={table} column={column} onClose={close} />}
    </>
  );
}

function sortEntries(name: string, onSort: (sort: string) => void): MenuEntry[] {
  return [
    {
      id: "ascending",
      label: t("tables.ascending"),
      icon: ArrowUp,
      onSelect: () => onSort(name),
    },
    {
      id: "descending",
      label: t("tables.descending"),
      icon: ArrowDown,
      onSelect: () => onSort(`-${name}`),
    },
  ];
}

function editEntries(ask: (what: "rename" | "delete") => void): MenuEntry[] {
  return [
    { id: "rename", label: t("common.rename"), icon: Pencil, onSelect: () => ask("rename") },
    {
      id: "delete",
      label: t("tables.deleteColumn"),
      icon: Trash2,
      danger: true,
      onSelect: () => ask("delete"),
    },
  ];
}

type ColumnDeletionProps = {
  readonly table: DataTable;
  readonly column: TableColumn;
  readonly onClose: () => void;
};

function ColumnDeletion({ table, column, onClose }: ColumnDeletionProps) {
  const client = useQueryClient();
  const deletion = useMutation({
    mutationFn: () => api.delete(`tables/${table.id}/columns/${column.key}/`),
    onSuccess: () => refresh(client, keys.tables),
    onSettled: onClose,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("tables.deleteColumnTitle", { name: column.name })}
      description={t("tables.deleteColumnText")}
      confirmLabel={t("common.delete")}
      danger
      busy={deletion.isPending}
      onConfirm={() => deletion.mutate()}
    />
  );
}
