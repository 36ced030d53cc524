// For those who run the installation: the way to their pages, where they sign in once more.

import { ServerCog } from "lucide-react";
import { useSession } from "@/features/auth";
import { t } from "@/lib/i18n";
import { buttonClass } from "@/ui/button";
import { Icon } from "@/ui/icon";

export function OperatorsLink() {
  const { operators_url } = useSession();
  if (!operators_url) return null;
  return (
    <a href={operators_url} target="_blank" rel="noreferrer" className={buttonClass()}>
      <Icon icon={ServerCog} />
      {t("account.operators")}
    </a>
  );
}
