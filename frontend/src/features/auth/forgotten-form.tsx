// For somebody who forgot their password: a link by mail, or who can make one.

import { useMutation, useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { messageOf } from "@/api/problem";
import { placeQuery } from "@/api/queries";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/text-field";
import { Refusal } from "./refusal";
import { askForLink } from "./sign-in";

const COMMAND = "manage.py create_password_link --email …";

export function ForgottenForm({ onBack }: { readonly onBack: () => void }) {
  const canMail = useQuery(placeQuery).data?.can_mail;
  return (
    <div className="flex flex-col gap-3">
      {canMail ? <MailForm /> : <NoMail />}
      <Button variant="ghost" onClick={onBack}>
        {t("forgotten.back")}
      </Button>
    </div>
  );
}

function MailForm() {
  const wish = useMutation({ mutationFn: askForLink, meta: { quiet: true } });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    wish.mutate(String(new FormData(event.currentTarget).get("email")).trim());
  };
  if (wish.isSuccess) return <p role="status">{t("forgotten.sent")}</p>;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {wish.error ? (
        <Refusal>{messageOf(wish.error)}</Refusal>
      ) : (
        <p className="text-fg-muted">{t("forgotten.text")}</p>
      )}
      <TextField
        label={t("signIn.email")}
        name="email"
        type="email"
        autoComplete="username"
        required
      />
      <Button type="submit" variant="primary" size="large" busy={wish.isPending}>
        {t("forgotten.send")}
      </Button>
    </form>
  );
}

function NoMail() {
  return (
    <>
      <p className="text-fg-muted">{t("forgotten.noMail")}</p>
      <code className="block rounded-control border border-line bg-sunken p-3 font-code text-xs break-words">
        {COMMAND}
      </code>
    </>
  );
}
