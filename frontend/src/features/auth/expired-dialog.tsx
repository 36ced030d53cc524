// Asks for the password again and keeps the page and its unsaved work.

import { useQueryClient } from "@tanstack/react-query";
import { pageSocket } from "@/api/page-socket";
import { sessionQuery } from "@/api/queries";
import { t } from "@/lib/i18n";
import { Dialog } from "@/ui/dialog";
import { toast } from "@/ui/toast";
import { PasswordForm } from "./password-form";
import { signInAgain } from "./sign-in";

type Props = { readonly expired: boolean; readonly onBack: () => void };

export function ExpiredDialog({ expired, onBack }: Props) {
  const client = useQueryClient();
  const email = client.getQueryData(sessionQuery.queryKey)?.person?.email;
  return (
    <Dialog
      open={expired}
      onOpenChange={() => undefined}
      blocking
      width="small"
      title={t("signIn.expiredTitle")}
      description={t("signIn.expiredText")}
    >
      <PasswordForm
        {...(email ? { email } : {})}
        signIn={async (given) => {
          await signInAgain(client, given);
          onBack();
          pageSocket.retry();
          toast(t("signIn.back"), { kind: "success" });
        }}
      />
      <div className="pb-2" />
    </Dialog>
  );
}
