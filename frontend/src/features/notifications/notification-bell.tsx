// The bell: how much is unread; what it opens is loaded when somebody presses it.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import { useEffect } from "react";
import { pageSocket } from "@/api/page-socket";
import { refresh } from "@/api/refresh";
import { t } from "@/lib/i18n";
import { Badge } from "@/ui/badge";
import { deferred } from "@/ui/deferred";
import { Icon } from "@/ui/icon";
import { NOTIFICATIONS, unreadQuery } from "./queries";

const BellPopover = deferred(
  () => import("./bell-popover").then((module) => module.BellPopover),
  ({ trigger }) => trigger,
);

export function NotificationBell() {
  const { data: count = 0 } = useQuery(unreadQuery);
  const client = useQueryClient();
  useEffect(
    () =>
      pageSocket.subscribe("inbox", {
        onFrame: ({ counts }) => {
          const unread = counts?.notifications;
          if (unread === undefined || unread === client.getQueryData(unreadQuery.queryKey)) return;
          client.setQueryData(unreadQuery.queryKey, unread);
          void refresh(client, [...NOTIFICATIONS, "list"]);
        },
      }),
    [client],
  );
  return (
    <BellPopover
      trigger={
        <button
          type="button"
          aria-label={t("common.notifications")}
          className="inline-flex size-control shrink-0 items-center justify-center rounded-control text-fg-muted hover:bg-hover hover:text-fg data-[state=open]:bg-hover"
        >
          {/* On the bell itself: the button is larger than it, most of all on a phone. */}
          <span className="relative inline-flex">
            <Icon icon={Bell} />
            <Badge count={count} label={String(count)} />
          </span>
        </button>
      }
    />
  );
}
