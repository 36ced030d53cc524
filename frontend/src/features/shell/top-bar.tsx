// The bar above every page: the tenant, where we are, the page's tabs and actions.

import { Search } from "lucide-react";
import { NotificationBell } from "@/features/notifications";
import { t } from "@/lib/i18n";
import { IconButton } from "@/ui/icon-button";
import { showOverlay } from "./store";
import { TenantSwitcher } from "./tenant-switcher";
import type { TopBarSlotName } from "./top-bar-slots";

type Props = {
  /** Takes the element of a slot when it is there. */
  readonly slotRef: (name: TopBarSlotName) => (element: HTMLElement | null) => void;
};

export function TopBar({ slotRef }: Props) {
  return (
    <header className="relative z-20 flex min-h-topbar shrink-0 items-center gap-3 border-b border-line bg-surface px-3 max-sm:flex-wrap max-sm:gap-1 max-sm:py-1">
      <div className="flex min-w-0 flex-1 items-center gap-2.5 max-sm:basis-40">
        <TenantSwitcher />
        <div ref={slotRef("crumbs")} className="flex min-w-0 items-center gap-2.5" />
      </div>
      <IconButton
        icon={Search}
        label={t("shell.search")}
        className="sm:hidden"
        onClick={() => showOverlay("palette")}
      />
      {/* At the end, but on a phone, where the second line is for the page's own. */}
      <div className="sm:order-last">
        <NotificationBell />
      </div>
      <div
        ref={slotRef("tabs")}
        className="flex shrink-0 items-center empty:hidden max-sm:max-w-full max-sm:shrink"
      />
      <div
        ref={slotRef("actions")}
        className="flex min-w-0 flex-1 items-center justify-end gap-2 max-sm:flex-auto max-sm:empty:hidden"
      />
    </header>
  );
}
