// Says of a node type that its package is switched off, where it is offered and where it is used.

import "@/lib/messages/plugins";
import "@/lib/messages/palette";
import { Unplug } from "lucide-react";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import type { Catalog } from "./model/catalog";

type Props = { readonly catalog: Catalog; readonly type: string };

export function OffMark({ catalog, type }: Props) {
  if (!catalog.off.has(type)) return null;
  return (
    <span
      title={t("plugins.off.help")}
      className="ms-auto inline-flex shrink-0 items-center gap-1 rounded-small bg-warn-soft px-1.5 py-0.5 text-2xs font-medium text-warn"
    >
      <Icon icon={Unplug} size={11} />
      {t("plugins.off")}
      <span className="sr-only">{t("plugins.off.help")}</span>
    </span>
  );
}
