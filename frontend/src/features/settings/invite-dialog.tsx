// Invites somebody and shows the link this once.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { fieldErrors, messageOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Role, SentInvitation } from "@/api/types";
import { useSession } from "@/features/auth";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";
import { FormDialog } from "@/ui/form-dialog";
import { Select } from "@/ui/select";
import { TextField } from "@/ui/text-field";
import { roleOptions } from "./role-names";

type Props = { readonly onClose: () => void };

export function InviteDialog({ onClose }: Props) {
  const [sent, setSent] = useState<SentInvitation | null>(null);
  return sent ? (
    <SentDialog sent={sent} onClose={onClose} />
  ) : (
    <InviteForm onSent={setSent} onClose={onClose} />
  );
}

function InviteForm({
  onSent,
  onClose,
}: Props & { readonly onSent: (sent: SentInvitation) => void }) {
  const session = useSession();
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<string>("member" satisfies Role);
  const invitation = useMutation({
    mutationFn: () => api.post<SentInvitation>("invitations/", { email: email.trim(), role }),
    onSuccess: async (sent) => {
      onSent(sent);
      await refresh(client, keys.members);
    },
    meta: { quiet: true },
  });
  const errors = fieldErrors(invitation.error);
  const isElsewhere = invitation.error && Object.keys(errors).length === 0;
  return (
    <FormDialog
      title={t("invite.title")}
      description={t("invite.text")}
      width="small"
      verb={t("invite.send")}
      busy={invitation.isPending}
      onSubmit={() => invitation.mutate()}
      onClose={onClose}
    >
      <TextField
        label={t("invite.email")}
        type="email"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={errors["email"] ?? (isElsewhere ? messageOf(invitation.error) : null)}
        maxLength={254}
        required
      />
      <Select
        label={t("members.role")}
        value={role}
        onChange={setRole}
        error={errors["role"]}
        options={roleOptions(session.role)}
      />
    </FormDialog>
  );
}

type SentProps = Props & { readonly sent: SentInvitation };

/** The link, which nobody sees again. */
export function SentDialog({ sent, onClose }: SentProps) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      blocking
      title={t("invite.linkTitle", { email: sent.email })}
      description={`${sent.mailed ? t("invite.mailed") : t("invite.notMailed")} ${t("invite.linkText")}`}
      footer={
        <>
          <CopyButton text={sent.link} />
          <Button variant="primary" onClick={onClose}>
            {t("invite.done")}
          </Button>
        </>
      }
    >
      <code className="block rounded-control border border-line bg-sunken p-3 font-code text-xs break-all select-all">
        {sent.link}
      </code>
    </Dialog>
  );
}
