// The landing of a one-time link. The person presses the button: a mail scanner must not use it up.

import { useMutation } from "@tanstack/react-query";
import { messageOf } from "@/api/problem";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";

type Props = { readonly signIn: () => Promise<void>; readonly usePassword: () => void };

export function OneTimeSignIn({ signIn, usePassword }: Props) {
  const attempt = useMutation({ mutationFn: signIn, meta: { quiet: true } });
  if (attempt.error) {
    return (
      <div className="flex flex-col gap-4">
        <p role="alert" className="rounded-control bg-error-soft px-3 py-2 text-error">
          {messageOf(attempt.error)}
        </p>
        <Button size="large" onClick={usePassword}>
          {t("signIn.usePassword")}
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-fg-muted">{t("signIn.oneTime")}</p>
      <Button
        variant="primary"
        size="large"
        busy={attempt.isPending}
        onClick={() => attempt.mutate()}
      >
        {t("signIn.continue")}
      </Button>
    </div>
  );
}
