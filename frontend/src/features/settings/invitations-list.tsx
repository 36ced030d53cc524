// Who was asked in and has not answered yet.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MailPlus, X } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { invitationsQuery } from "@/api/people-queries";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Invitation, SentInvitation } from "@/api/types";
import { formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { SentDialog } from "./invite-dialog";
import { roleLabel } from "./role-names";

export function InvitationsList() {
  const { data: rows = [] } = useQuery(invitationsQuery);
  if (rows.length === 0) return null;
  return (
    <Card title={t("invite.open")}>
      <ul className="divide-y divide-line border-t border-line">
        {rows.map((row) => (
          <InvitationItem key={row.id} row={row} />
        ))}
      </ul>
    </Card>
  );
}

function InvitationItem({ row }: { readonly row: Invitation }) {
  return (
    <li className="flex min-h-row flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate font-semibold">{row.email}</span>
        <span className="text-xs text-fg-muted">
          {roleLabel(row.role)} · {t("invite.by", { name: row.invited_by })}
        </span>
      </span>
      {row.is_expired ? (
        <Chip tone="warn">{t("invite.expired")}</Chip>
      ) : (
        <span className="text-xs text-fg-muted">
          {t("invite.expires", { when: formatRelative(row.expires_at) })}
        </span>
      )}
      <span className="flex">
        <RenewButton row={row} />
        <RevokeButton row={row} />
      </span>
    </li>
  );
}

function RenewButton({ row }: { readonly row: Invitation }) {
  const client = useQueryClient();
  const [sent, setSent] = useState<SentInvitation | null>(null);
  const renewal = useMutation({
    mutationFn: () => api.post<SentInvitation>(`invitations/${row.id}/renew/`),
    onSuccess: async (answer) => {
      setSent(answer);
      await refresh(client, keys.members);
    },
  });
  return (
    <>
      <IconButton
        icon={MailPlus}
        label={t("invite.again", { email: row.email })}
        disabled={renewal.isPending}
        onClick={() => renewal.mutate()}
      />
      {sent && <SentDialog sent={sent} onClose={() => setSent(null)} />}
    </>
  );
}

function RevokeButton({ row }: { readonly row: Invitation }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const revocation = useMutation({
    mutationFn: () => api.delete(`invitations/${row.id}/`),
    onSuccess: () => refresh(client, keys.members),
    onSettled: () => setAsking(false),
  });
  return (
    <>
      <IconButton
        icon={X}
        label={t("invite.revoke", { email: row.email })}
        onClick={() => setAsking(true)}
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("invite.revokeTitle", { email: row.email })}
        description={t("invite.revokeText")}
        confirmLabel={t("invite.revokeConfirm")}
        danger
        busy={revocation.isPending}
        onConfirm={() => revocation.mutate()}
      />
    </>
  );
}
