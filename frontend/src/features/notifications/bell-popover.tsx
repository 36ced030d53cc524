// What a person was told, newest first; each leads to the run that told it.

import "@/lib/messages/notifications";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BellOff } from "lucide-react";
import { type ReactNode, useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/refresh";
import type { Page, PersonalNotification } from "@/api/types";
import { cx } from "@/lib/cx";
import { formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Chip } from "@/ui/chip";
import { EmptyState } from "@/ui/empty-state";
import { LoadMore } from "@/ui/load-more";
import { Popover } from "@/ui/popover";
import { QueryState } from "@/ui/query-state";
import { NOTIFICATIONS } from "./queries";

export function BellPopover({ trigger }: { readonly trigger: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={t("notifications.title")}
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
      className="w-96"
    >
      <Told onLeave={() => setOpen(false)} />
    </Popover>
  );
}

function Told({ onLeave }: { readonly onLeave: () => void }) {
  const client = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: [...NOTIFICATIONS, "list"],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<PersonalNotification>>("notifications/", {
        signal,
        query: { cursor: pageParam, limit: 20 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  const reading = useMutation({
    mutationFn: (ids: readonly string[] | null) =>
      api.post("notifications/read/", ids === null ? {} : { ids }),
    onSuccess: () => refresh(client, NOTIFICATIONS),
  });
  const notes = query.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <div className="-m-3 flex flex-col">
      <header className="flex min-h-11 items-center justify-between gap-3 border-b border-line px-4">
        <h2 className="text-base">{t("notifications.title")}</h2>
        {notes.some((note) => !note.is_read) && (
          <Button
            size="small"
            variant="ghost"
            busy={reading.isPending}
            onClick={() => reading.mutate(null)}
          >
            {t("notifications.all")}
          </Button>
        )}
      </header>
      <QueryState query={query} rows={3}>
        {notes.length === 0 ? (
          <EmptyState icon={BellOff} title={t("notifications.empty")}>
            {t("notifications.emptyText")}
          </EmptyState>
        ) : (
          <ul className="flex flex-col">
            {notes.map((note) => (
              <Note
                key={note.id}
                note={note}
                onOpen={() => {
                  if (!note.is_read) reading.mutate([note.id]);
                  onLeave();
                }}
              />
            ))}
          </ul>
        )}
        <LoadMore query={query} />
      </QueryState>
    </div>
  );
}

type NoteProps = { readonly note: PersonalNotification; readonly onOpen: () => void };

function Note({ note, onOpen }: NoteProps) {
  return (
    <li
      className={cx(
        "flex flex-col gap-1 border-b border-line px-4 py-3 last:border-b-0",
        !note.is_read && "bg-accent-soft",
      )}
    >
      <div className="flex items-start gap-2">
        <span className={cx("min-w-0 flex-1 break-words", !note.is_read && "font-semibold")}>
          {note.title}
          {!note.is_read && <span className="sr-only"> ({t("notifications.unread")})</span>}
        </span>
        {note.urgency === "high" && <Chip tone="error">{t("notifications.urgent")}</Chip>}
      </div>
      {note.text && (
        <p className="line-clamp-4 whitespace-pre-line break-words text-fg-muted">{note.text}</p>
      )}
      <p className="flex flex-wrap gap-x-2 text-xs text-fg-muted">
        <span>{note.workflow}</span>
        <span>{formatRelative(note.created_at)}</span>
        {note.execution && (
          <Link
            to="/runs/$executionId"
            params={{ executionId: note.execution }}
            onClick={onOpen}
            className="rounded-small text-accent underline"
          >
            {t("notifications.openRun")}
          </Link>
        )}
      </p>
    </li>
  );
}
