// The page before the app: by password, or by a one-time link.

import "@/lib/messages/team";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { placeQuery } from "@/api/queries";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { SkeletonRows } from "@/ui/skeleton";
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
  const { data, isPending } = useQuery(placeQuery);
  const place = data?.tenant;
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
      ) : isPending ? (
        // Which form it is must be known before somebody types into one.
        <SkeletonRows rows={3} />
      ) : place === null ? (
        <ChoosePlace goTo={(url) => window.location.assign(url)} />
      ) : (
        <ByPassword onSignedIn={onSignedIn} />
      )}
    </AuthFrame>
  );
}

/** The form, or the way for somebody who forgot their password. */
function ByPassword({ onSignedIn }: Pick<Props, "onSignedIn">) {
  const client = useQueryClient();
  const [forgot, setForgot] = useState(false);
  if (forgot) return <ForgottenForm onBack={() => setForgot(false)} />;
  return (
    <>
      <PasswordForm signIn={(given) => signIn(client, given).then(onSignedIn)} />
      <Button variant="ghost" className="mt-2 w-full" onClick={() => setForgot(true)}>
        {t("forgotten.ask")}
      </Button>
    </>
  );
}
