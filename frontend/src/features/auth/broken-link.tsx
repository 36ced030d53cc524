// Where a link leads that lost its secret part on the way.

import "@/lib/messages/team";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { AuthFrame } from "./auth-frame";
import { Refusal } from "./refusal";

type Props = {
  readonly title: string;
  readonly reason?: string;
  readonly toSignIn: () => void;
};

export function BrokenLink({ title, reason = t("invitation.broken"), toSignIn }: Props) {
  return (
    <AuthFrame title={title} text="">
      <div className="flex flex-col gap-4">
        <Refusal>{reason}</Refusal>
        <Button onClick={toSignIn}>{t("invitation.toSignIn")}</Button>
      </div>
    </AuthFrame>
  );
}
