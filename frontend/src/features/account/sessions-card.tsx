// The browsers in which one is signed in; each can be ended from here.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Laptop, LogOut } from "lucide-react";
import { api } from "@/api/client";
import { sessionsQuery } from "@/api/people-queries";
import { refresh } from "@/api/refresh";
import type { BrowserSession } from "@/api/types";
import { formatMoment, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { Icon } from "@/ui/icon";
import { IconButton } from "@/ui/icon-button";
import { readAgent } from "./model/agent";

export function SessionsCard() {
  const client = useQueryClient();
  const { data: rows = [] } = useQuery(sessionsQuery);
  const ending = useMutation({
    mutationFn: (path: string) => api.delete(path),
    onSettled: () => refresh(client, sessionsQuery.queryKey),
  });
  const hasOthers = rows.some((row) => !row.is_this);
  if (rows.length === 0) return null;
  return (
    <Card
      title={t("sessions.title")}
      aside={
        hasOthers && (
          <Button
            variant="ghost"
            size="small"
            busy={ending.isPending}
            onClick={() => ending.mutate("sessions/")}
          >
            {t("sessions.endOthers")}
          </Button>
        )
      }
    >
      <ul className="divide-y divide-line">
        {rows.map((row) => (
          <SessionItem key={row.id} row={row} onEnd={() => ending.mutate(`sessions/${row.id}/`)} />
        ))}
      </ul>
    </Card>
  );
}

type ItemProps = { readonly row: BrowserSession; readonly onEnd: () => void };

function SessionItem({ row, onEnd }: ItemProps) {
  const name = agentName(row.agent);
  return (
    <li className="flex min-h-11 items-center gap-3 px-4 py-2">
      <Icon icon={Laptop} className="text-fg-subtle" />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="flex flex-wrap items-center gap-x-2 font-semibold" title={row.agent}>
          {name}
          {row.is_this && <Chip tone="success">{t("sessions.this")}</Chip>}
        </span>
        <span className="text-xs text-fg-muted">
          {row.address} · {t("sessions.started", { when: formatMoment(row.started_at) })} ·{" "}
          {t("sessions.seen", { when: formatRelative(row.seen_at) })}
        </span>
      </span>
      {!row.is_this && (
        <IconButton icon={LogOut} label={t("sessions.end", { agent: name })} onClick={onEnd} />
      )}
    </li>
  );
}

function agentName(text: string): string {
  const agent = readAgent(text);
  return agent ? t("sessions.which", agent) : t("sessions.unknown");
}
