// The page before the app: by password, or by a one-time link.

import "@/lib/messages/team";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { placeQuery } from "@/api/queries";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { AuthFrame } from "./auth-frame";
import { ChoosePlace } from "./choose-place";
import { ForgottenForm } from "./forgotten-form";
import { OneTimeSignIn } from "./one-time-sign-in";
import { PasswordForm } from "./password-form";
import { signIn, signInOnce } from "./sign-in";

type Props = {
  /** From a one-time link. */
  readonly token: string | undefined;
  readonly onSignedIn: () => void;
  readonly forgetToken: () => void;
};

export function SignInScreen({ token, onSignedIn, forgetToken }: Props) {
  const client = useQueryClient();
  const [forgot, setForgot] = useState(false);
  const place = useQuery(placeQuery).data?.tenant;
  return (
    <AuthFrame
      title={place ? t("signIn.titleOf", { tenant: place.name }) : t("signIn.title")}
      text={t("signIn.subtitle")}
    >
      {token ? (
        <OneTimeSignIn
          signIn={() => signInOnce(client, token).then(onSignedIn)}
          usePassword={forgetToken}
        />
      ) : place === null ? (
        <ChoosePlace goTo={(url) => window.location.assign(url)} />
      ) : forgot ? (
        <ForgottenForm onBack={() => setForgot(false)} />
      ) : (
        <>
          <PasswordForm signIn={(given) => signIn(client, given).then(onSignedIn)} />
          <Button variant="ghost" className="mt-2 w-full" onClick={() => setForgot(true)}>
            {t("forgotten.ask")}
          </Button>
        </>
      )}
    </AuthFrame>
  );
}
