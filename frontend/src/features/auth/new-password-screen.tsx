// The landing of a link by which one sets another password.

import "@/lib/messages/team";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { fieldErrors, messageOf } from "@/api/problem";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/text-field";
import { AuthFrame } from "./auth-frame";
import { BrokenLink } from "./broken-link";
import { Refusal } from "./refusal";
import { setPassword } from "./sign-in";

type Props = {
  readonly token: string;
  readonly onSignedIn: () => void;
  readonly toSignIn: () => void;
};

export function NewPasswordScreen({ token, onSignedIn, toSignIn }: Props) {
  if (token === "") return <BrokenLink title={t("password.setTitle")} toSignIn={toSignIn} />;
  return <PasswordForm token={token} onSignedIn={onSignedIn} />;
}

function PasswordForm({ token, onSignedIn }: Omit<Props, "toSignIn">) {
  const client = useQueryClient();
  const attempt = useMutation({
    mutationFn: (password: string) => setPassword(client, { token, password }).then(onSignedIn),
    meta: { quiet: true },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    attempt.mutate(String(new FormData(event.currentTarget).get("password")));
  };
  const errors = fieldErrors(attempt.error);
  return (
    <AuthFrame title={t("password.setTitle")} text={t("signIn.subtitle")}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {attempt.error && !errors["password"] && <Refusal>{messageOf(attempt.error)}</Refusal>}
        <TextField
          label={t("password.next")}
          help={t("password.help")}
          name="password"
          type="password"
          autoComplete="new-password"
          error={errors["password"]}
          required
        />
        <Button type="submit" variant="primary" size="large" busy={attempt.isPending}>
          {t("password.save")}
        </Button>
      </form>
    </AuthFrame>
  );
}
