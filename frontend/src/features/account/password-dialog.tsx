// Changes one's own password; all other sessions end.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { api } from "@/api/client";
import { fieldErrors, messageOf } from "@/api/problem";
import { keys, sessionQuery } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Session } from "@/api/types";
import { t } from "@/lib/i18n";
import { FormDialog } from "@/ui/form-dialog";
import { TextField } from "@/ui/text-field";
import { toast } from "@/ui/toast";

type Given = { readonly current: string; readonly password: string };

export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (given: Given) => api.post<Session>("session/password/", given),
    onSuccess: async (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      toast(t("password.changed"), { kind: "success", description: t("password.changedText") });
      onClose();
      await refresh(client, keys.session);
    },
    meta: { quiet: true },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const form = new FormData(event.currentTarget);
    change.mutate({
      current: String(form.get("current")),
      password: String(form.get("password")),
    });
  };
  const errors = fieldErrors(change.error);
  const isElsewhere = change.error && Object.keys(errors).length === 0;
  return (
    <FormDialog
      title={t("password.change")}
      description={t("password.changedText")}
      width="small"
      verb={t("common.save")}
      busy={change.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t("password.current")}
        name="current"
        type="password"
        autoComplete="current-password"
        error={errors["current"] ?? (isElsewhere ? messageOf(change.error) : null)}
        required
      />
      <TextField
        label={t("password.next")}
        help={t("password.help")}
        name="password"
        type="password"
        autoComplete="new-password"
        error={errors["password"]}
        required
      />
    </FormDialog>
  );
}
