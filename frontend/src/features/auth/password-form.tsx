// E-mail and password, with the refusal in words.

import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { isProblem, messageOf } from "@/api/problem";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/text-field";
import type { Password } from "./sign-in";

type Props = {
  readonly email?: string;
  readonly signIn: (given: Password) => Promise<void>;
};

export function PasswordForm({ email, signIn }: Props) {
  const attempt = useMutation({ mutationFn: signIn, meta: { quiet: true } });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    attempt.mutate({
      email: String(form.get("email")).trim(),
      password: String(form.get("password")),
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {attempt.error && (
        <p role="alert" className="rounded-control bg-error-soft px-3 py-2 text-error">
          {isProblem(attempt.error, "bad_credentials")
            ? t("signIn.badCredentials")
            : messageOf(attempt.error)}
        </p>
      )}
      <TextField
        label={t("signIn.email")}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        readOnly={email !== undefined}
        required
      />
      <TextField
        label={t("signIn.password")}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <Button type="submit" variant="primary" size="large" busy={attempt.isPending}>
        {t("signIn.submit")}
      </Button>
    </form>
  );
}
