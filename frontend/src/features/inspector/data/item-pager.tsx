// Which item is looked at: "Item 3 of 12". One choice for both sides and all previews.

import { ChevronLeft, ChevronRight } from "lucide-react";
import { t } from "@/lib/i18n";
import { IconButton } from "@/ui/icon-button";
import { useInspected } from "../inspector-context";

type Props = { readonly total: number };

export function ItemPager({ total }: Props) {
  const { itemIndex, setItemIndex } = useInspected();
  if (total < 2) return null;
  const shown = Math.min(itemIndex, total - 1);
  return (
    <span className="flex shrink-0 items-center text-xs whitespace-nowrap text-fg-muted">
      <IconButton
        icon={ChevronLeft}
        size="small"
        label={t("inspector.item.previous")}
        disabled={shown === 0}
        onClick={() => setItemIndex(shown - 1)}
      />
      {t("inspector.item.position", { number: shown + 1, total })}
      <IconButton
        icon={ChevronRight}
        size="small"
        label={t("inspector.item.next")}
        disabled={shown >= total - 1}
        onClick={() => setItemIndex(shown + 1)}
      />
    </span>
  );
}
