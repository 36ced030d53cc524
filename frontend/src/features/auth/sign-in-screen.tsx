// The page before the app: by password, or by a one-time link.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { placeQuery } from "@/api/queries";
import { t } from "@/lib/i18n";
import { Logo } from "@/ui/logo";
import { ChoosePlace } from "./choose-place";
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
  const place = useQuery(placeQuery).data?.tenant;
  return (
    <main className="relative grid h-full place-items-center overflow-auto p-4">
      <div className="flex w-full max-w-sm flex-col gap-6">
        <header className="flex flex-col items-center gap-3 text-center">
          <Logo size={44} />
          <div className="flex flex-col gap-1">
            <h1 className="text-xl">
              {place ? t("signIn.titleOf", { tenant: place.name }) : t("signIn.title")}
            </h1>
            <p className="text-fg-muted">{t("signIn.subtitle")}</p>
          </div>
        </header>
        <section className="rounded-dialog border border-line bg-surface p-6 shadow-panel">
          {token ? (
            <OneTimeSignIn
              signIn={() => signInOnce(client, token).then(onSignedIn)}
              usePassword={forgetToken}
            />
          ) : place === null ? (
            <ChoosePlace goTo={(url) => window.location.assign(url)} />
          ) : (
            <PasswordForm signIn={(given) => signIn(client, given).then(onSignedIn)} />
          )}
        </section>
      </div>
    </main>
  );
}
