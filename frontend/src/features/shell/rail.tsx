// The narrow column at the left: search, the main places, settings, the person.

import { Link, useLocation } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useSession } from "@/features/auth";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Avatar } from "@/ui/avatar";
import { Icon } from "@/ui/icon";
import { IconButton } from "@/ui/icon-button";
import { Logo } from "@/ui/logo";
import { Tooltip } from "@/ui/tooltip";
import { InboxBadge } from "./inbox-badge";
import { type Destination, isAt, MAIN_DESTINATIONS, SETTINGS_DESTINATION } from "./navigation";
import { showOverlay } from "./store";
import { useReachable } from "./use-reachable";

export function Rail() {
  const { person, tenant } = useSession();
  const destinations = useReachable(MAIN_DESTINATIONS);
  return (
    <nav
      aria-label={t("shell.rail")}
      className="flex w-rail shrink-0 flex-col items-center gap-1.5 border-e border-line bg-surface py-2.5 max-sm:hidden"
    >
      <Link to="/" className="mb-2 rounded-control">
        <Logo size={28} label={t("shell.brand", { tenant: tenant.name })} />
      </Link>
      <IconButton
        icon={Search}
        label={t("shell.search")}
        keys="mod+k"
        tooltipSide="right"
        className="size-9"
        onClick={() => showOverlay("palette")}
      />
      {destinations.map((destination) => (
        <RailLink key={destination.id} destination={destination} />
      ))}
      <div className="flex-1" />
      <RailLink destination={SETTINGS_DESTINATION} />
      <Tooltip text={person?.name || person?.email || t("nav.account")} side="right">
        <Link to="/me" aria-label={t("nav.account")} className="mt-1 rounded-full">
          <Avatar name={person?.name || person?.email || "?"} />
        </Link>
      </Tooltip>
    </nav>
  );
}

function RailLink({ destination }: { readonly destination: Destination }) {
  const label = t(destination.label);
  const path = useLocation({ select: (location) => location.pathname });
  const here = isAt(destination, path);
  return (
    <Tooltip text={label} side="right" keys={destination.key ? `g ${destination.key}` : undefined}>
      <Link
        to={destination.to}
        aria-label={label}
        aria-current={here ? "page" : undefined}
        className={cx(
          "relative flex size-9 items-center justify-center rounded-control transition-colors duration-(--time-hover)",
          here ? "bg-accent-soft text-accent" : "text-fg-muted hover:bg-hover hover:text-fg",
        )}
      >
        <Icon icon={destination.icon} size={18} />
        {destination.id === "inbox" && <InboxBadge />}
      </Link>
    </Tooltip>
  );
}
