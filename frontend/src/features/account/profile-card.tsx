// Who one is here: name and role, and the way out of the workspace.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api } from "@/api/client";
import { fieldErrors, messageOf } from "@/api/problem";
import { keys, sessionQuery } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Session } from "@/api/types";
import { useSession } from "@/features/auth";
import { roleLabel } from "@/features/settings";
import { t } from "@/lib/i18n";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { ConfirmDialog } from "@/ui/dialog";
import { TextField } from "@/ui/text-field";
import { toast } from "@/ui/toast";
import { PasswordDialog } from "./password-dialog";

export function ProfileCard() {
  const { person, role, tenant } = useSession();
  const [changing, setChanging] = useState(false);
  if (!person) return null;
  return (
    <Card title={t("profile.title")} className="pb-4">
      <div className="flex flex-col gap-4 px-4">
        <div className="flex items-center gap-3">
          <Avatar name={person.name || person.email} />
          <p className="min-w-0 truncate text-fg-muted">
            {t("account.roleIn", {
              email: person.email,
              role: roleLabel(role),
              tenant: tenant.name,
            })}
          </p>
        </div>
        <NameForm name={person.name} />
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setChanging(true)}>{t("password.change")}</Button>
          <LeaveButton />
        </div>
      </div>
      {changing && <PasswordDialog onClose={() => setChanging(false)} />}
    </Card>
  );
}

function NameForm({ name }: { readonly name: string }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState(name);
  const renaming = useMutation({
    mutationFn: () => api.patch<Session>("session/person/", { name: typed }),
    onSuccess: async (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      toast(t("profile.saved"), { kind: "success" });
      await refresh(client, keys.members);
    },
    meta: { quiet: true },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    renaming.mutate();
  };
  const error =
    renaming.error && (fieldErrors(renaming.error)["name"] ?? messageOf(renaming.error));
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <TextField
        label={t("profile.name")}
        help={t("profile.nameHelp")}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="name"
        maxLength={200}
        error={error}
        className="w-72 max-sm:w-full"
      />
      {typed.trim() !== name && (
        <Button type="submit" variant="primary" busy={renaming.isPending}>
          {t("common.save")}
        </Button>
      )}
    </form>
  );
}

function LeaveButton() {
  const { tenant } = useSession();
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const leaving = useMutation({
    mutationFn: () => api.post<void>("session/leave/"),
    onSuccess: async () => {
      await navigate({ to: "/sign-in" });
      client.clear();
    },
    onSettled: () => setAsking(false),
  });
  return (
    <>
      <Button variant="ghost" onClick={() => setAsking(true)}>
        {t("profile.leave", { tenant: tenant.name })}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("profile.leaveTitle", { tenant: tenant.name })}
        description={t("profile.leaveText")}
        confirmLabel={t("profile.leave", { tenant: tenant.name })}
        danger
        busy={leaving.isPending}
        onConfirm={() => leaving.mutate()}
      />
    </>
  );
}
