// What can be done with one credential: test, connect, share, replace, delete.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Link2, PlugZap, RefreshCw, Share2, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Credential } from "@/api/types";
import { useCan } from "@/features/auth";
import { t } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { Menu, type MenuEntry } from "@/ui/menu";
import { CredentialDialog } from "./credential-dialog";
import { ShareDialog } from "./share-dialog";
import { TestDialog } from "./test-dialog";
import { useConnect } from "./use-connect";

type Asking = "test" | "share" | "replace" | "delete" | null;

export function CredentialMenu({ row }: { readonly row: Credential }) {
  const [asking, setAsking] = useState<Asking>(null);
  const entries = useEntries(row, setAsking);
  if (entries.length === 0) return null;
  const close = () => setAsking(null);
  const label = t("credentials.menu", { name: row.name });
  return (
    <>
      <Menu
        label={label}
        align="end"
        trigger={<IconButton icon={Ellipsis} label={label} />}
        entries={entries}
      />
      {asking === "test" && <TestDialog row={row} onClose={close} />}
      {asking === "share" && <ShareDialog row={row} onClose={close} />}
      {asking === "replace" && <CredentialDialog replaced={row} onClose={close} />}
      {asking === "delete" && <Deletion row={row} onClose={close} />}
    </>
  );
}

function useEntries(row: Credential, ask: (what: Asking) => void): MenuEntry[] {
  const mayEdit = useCan("credential.edit");
  const mayShare = useCan("credential.share");
  const mayDelete = useCan("credential.delete");
  const isUsed = row.used_by.length + row.used_by_models.length > 0;
  const connect = useConnect(row);
  if (!mayEdit || row.level !== "edit") return [];
  const entries: MenuEntry[] = [
    { id: "test", label: t("credentials.test"), icon: PlugZap, onSelect: () => ask("test") },
  ];
  if (row.connection !== null) {
    entries.push({
      id: "connect",
      label: t("credentials.connect"),
      icon: Link2,
      onSelect: connect,
    });
  }
  if (mayShare) {
    entries.push({
      id: "share",
      label: t("credentials.share"),
      icon: Share2,
      onSelect: () => ask("share"),
    });
  }
  entries.push(
    {
      id: "replace",
      label: t("credentials.replace"),
      icon: RefreshCw,
      onSelect: () => ask("replace"),
    },
    {
      id: "delete",
      label: t("common.delete"),
      icon: Trash2,
      danger: true,
      disabled: !mayDelete || isUsed,
      ...(isUsed ? { hint: t("credentials.inUse") } : {}),
      onSelect: () => ask("delete"),
    },
  );
  return entries;
}

type DeletionProps = { readonly row: Credential; readonly onClose: () => void };

function Deletion({ row, onClose }: DeletionProps) {
  const client = useQueryClient();
  const deletion = useMutation({
    mutationFn: () => api.delete(`credentials/${row.id}/`),
    onSuccess: () => refresh(client, keys.credentials),
    onSettled: onClose,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t("credentials.deleteTitle", { name: row.name })}
      description={t("credentials.deleteText")}
      confirmLabel={t("common.delete")}
      danger
      busy={deletion.isPending}
      onConfirm={() => deletion.mutate()}
    />
  );
}
