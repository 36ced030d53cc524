// When the session ended: asks for the password again and keeps the page and its unsaved work.

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { create } from "zustand";
import { whenSessionExpires } from "@/api/client";
import { pageSocket } from "@/api/page-socket";
import { sessionQuery } from "@/api/queries";
import { t } from "@/lib/i18n";
import { Dialog } from "@/ui/dialog";
import { toast } from "@/ui/toast";
import { PasswordForm } from "./password-form";
import { signInAgain } from "./sign-in";

const useExpired = create<{ readonly expired: boolean }>(() => ({ expired: false }));

export function SessionExpiredDialog() {
  const client = useQueryClient();
  const { expired } = useExpired();
  useEffect(() => whenSessionExpires(() => useExpired.setState({ expired: true })), []);
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
          useExpired.setState({ expired: false });
          pageSocket.retry();
          toast(t("signIn.back"), { kind: "success" });
        }}
      />
      <div className="pb-2" />
    </Dialog>
  );
}
