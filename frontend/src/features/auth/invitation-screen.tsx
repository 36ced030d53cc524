// The landing of an invitation: who invites, and the password that makes one a member.

import "@/lib/messages/team";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { fieldErrors, isProblem, messageOf } from "@/api/problem";
import type { Offer } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { SkeletonRows } from "@/ui/skeleton";
import { TextField } from "@/ui/text-field";
import { AuthFrame } from "./auth-frame";
import { BrokenLink } from "./broken-link";
import { Refusal } from "./refusal";
import { acceptInvitation, readOffer } from "./sign-in";

type Props = {
  readonly token: string;
  readonly onSignedIn: () => void;
  readonly toSignIn: () => void;
};

export function InvitationScreen(props: Props) {
  if (props.token !== "") return <Invitation {...props} />;
  return <BrokenLink title={t("invitation.titlePlain")} toSignIn={props.toSignIn} />;
}

function Invitation({ token, onSignedIn, toSignIn }: Props) {
  const { data, error } = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => readOffer(token),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const plain = t("invitation.titlePlain");
  if (error) return <BrokenLink title={plain} reason={messageOf(error)} toSignIn={toSignIn} />;
  return (
    <AuthFrame
      title={data ? t("invitation.title", { tenant: data.tenant }) : plain}
      text={data ? textOf(data) : ""}
    >
      {data ? (
        <AcceptForm token={token} offer={data} onSignedIn={onSignedIn} />
      ) : (
        <SkeletonRows rows={3} />
      )}
    </AuthFrame>
  );
}

function textOf({ invited_by, email, role }: Offer): string {
  return t("invitation.text", { name: invited_by, email, role: t(`role.${role}`) });
}

type FormProps = {
  readonly token: string;
  readonly offer: Offer;
  readonly onSignedIn: () => void;
};

function AcceptForm({ token, offer, onSignedIn }: FormProps) {
  const client = useQueryClient();
  const attempt = useMutation({
    mutationFn: async (given: { readonly name: string; readonly password: string }) => {
      await acceptInvitation(client, { token, ...given });
      onSignedIn();
    },
    meta: { quiet: true },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    attempt.mutate({
      name: String(form.get("name") ?? "").trim(),
      password: String(form.get("password")),
    });
  };
  const errors = fieldErrors(attempt.error);
  const isElsewhere = attempt.error && Object.keys(errors).length === 0;
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {isElsewhere && (
        <Refusal>
          {isProblem(attempt.error, "bad_credentials")
            ? t("signIn.badCredentials")
            : messageOf(attempt.error)}
        </Refusal>
      )}
      <input type="hidden" name="username" autoComplete="username" value={offer.email} />
      {!offer.is_known && (
        <TextField label={t("invitation.name")} name="name" autoComplete="name" maxLength={200} />
      )}
      <TextField
        label={offer.is_known ? t("signIn.password") : t("password.choose")}
        help={offer.is_known ? t("invitation.known") : t("password.help")}
        name="password"
        type="password"
        autoComplete={offer.is_known ? "current-password" : "new-password"}
        error={errors["password"]}
        required
      />
      <Button type="submit" variant="primary" size="large" busy={attempt.isPending}>
        {t("invitation.accept")}
      </Button>
    </form>
  );
}
