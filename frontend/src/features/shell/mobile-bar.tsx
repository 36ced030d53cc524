// On a phone: the main places within reach of the thumb.

import { Link, useLocation } from "@tanstack/react-router";
import { UserRound } from "lucide-react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { InboxBadge } from "./inbox-badge";
import { type Destination, isAt, MAIN_DESTINATIONS } from "./navigation";
import { useReachable } from "./use-reachable";

const ACCOUNT: Destination = { id: "me", to: "/me", label: "nav.account", icon: UserRound };

export function MobileBar() {
  const path = useLocation({ select: (location) => location.pathname });
  const places = useReachable(MAIN_DESTINATIONS).filter(({ wideOnly }) => !wideOnly);
  const destinations = [...places, ACCOUNT];
  return (
    <nav
      aria-label={t("shell.rail")}
      className="flex shrink-0 justify-around border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {destinations.map((destination) => {
        const here = isAt(destination, path);
        return (
          <Link
            key={destination.id}
            to={destination.to}
            aria-current={here ? "page" : undefined}
            className={cx(
              "flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center gap-1 text-2xs font-medium focus-visible:-outline-offset-2",
              here ? "text-accent" : "text-fg-muted",
            )}
          >
            <span className="relative">
              <Icon icon={destination.icon} size={20} />
              {destination.id === "inbox" && <InboxBadge />}
            </span>
            <span className="max-w-full truncate px-0.5">{t(destination.label)}</span>
          </Link>
        );
      })}
    </nav>
  );
}
