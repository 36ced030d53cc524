// Who did what, newest first. Read only; every entry says whether the chain still holds.

import "@/lib/messages/audit";
import "@/lib/messages/plugins";
import "@/lib/messages/pages";
import "@/lib/messages/team";
import "@/lib/messages/variables";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Download, ScrollText, SearchX, ShieldAlert, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useLiveList } from "@/api/live-list";
import { auditQuery, keys } from "@/api/queries";
import type { AuditEntry } from "@/api/types";
import { SavedViews } from "@/features/saved-views";
import { formatMoment } from "@/lib/format";
import { t } from "@/lib/i18n";
import { buttonClass } from "@/ui/button";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { EmptyState } from "@/ui/empty-state";
import { Icon } from "@/ui/icon";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { Switch } from "@/ui/switch";
import { type Column, Table } from "@/ui/table";
import { AuditEntryDialog } from "./audit-entry";
import { AuditFilters, type AuditSearch } from "./audit-filters";
import { OutcomeChip } from "./audit-outcome";
import { SectionHeader } from "./settings-frame";

export type { AuditSearch } from "./audit-filters";

type Props = {
  readonly search: AuditSearch;
  readonly onSearch: (search: AuditSearch) => void;
};

export function AuditView({ search, onSearch }: Props) {
  const [isLive, setLive] = useState(false);
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const [begun, setBegun] = useState({ count: 0, search });
  const query = useInfiniteQuery({
    ...auditQuery(search),
    refetchInterval: useLiveList("audit", keys.audit, isLive),
  });
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const isFiltered = Object.keys(search).length > 0;
  return (
    <>
      <SectionHeader text={t("audit.intro")} action={<Exports search={search} />} />
      {/* What is typed there is its own until it settles, so a view that is applied begins it anew. */}
      <AuditFilters key={begun.count} search={begun.search} onSearch={onSearch} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Integrity rows={rows} />
        <span className="flex flex-wrap items-center gap-3">
          <Switch label={t("audit.live")} checked={isLive} onChange={setLive} />
          <SavedViews
            list="audit"
            search={search}
            onApply={(view) => setBegun({ count: begun.count + 1, search: view })}
          />
        </span>
      </div>
      <QueryState query={query} rows={10}>
        {rows.length === 0 ? (
          <EmptyState
            icon={isFiltered ? SearchX : ScrollText}
            title={isFiltered ? t("audit.nothingFound") : t("audit.empty")}
          />
        ) : (
          <Card className="overflow-hidden">
            <Table
              label={t("audit.title")}
              columns={columnsOf(setOpen)}
              rows={rows}
              rowKey={(row) => String(row.seq)}
            />
          </Card>
        )}
        <LoadMore query={query} />
      </QueryState>
      {open && <AuditEntryDialog entry={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function Exports({ search }: { readonly search: AuditSearch }) {
  const address = (kind: string) =>
    `/api/v1/audit/export/?${new URLSearchParams({ ...search, as: kind })}`;
  return (
    <span className="flex gap-2">
      <a href={address("csv")} download className={buttonClass()}>
        <Icon icon={Download} />
        {t("audit.csv")}
      </a>
      <a href={address("jsonl")} download className={buttonClass()}>
        <Icon icon={Download} />
        {t("audit.json")}
      </a>
    </span>
  );
}

function Integrity({ rows }: { readonly rows: readonly AuditEntry[] }) {
  const broken = rows.filter((row) => !row.is_intact).length;
  if (rows.length === 0) return <span />;
  return broken === 0 ? (
    <Chip
      tone="success"
      icon={ShieldCheck}
      className="max-sm:h-auto max-sm:py-0.5 max-sm:whitespace-normal"
    >
      {t("audit.allIntact", { count: rows.length })}
    </Chip>
  ) : (
    <Chip tone="error" icon={ShieldAlert}>
      {t("audit.someBroken", { count: broken })}
    </Chip>
  );
}

function columnsOf(onOpen: (entry: AuditEntry) => void): readonly Column<AuditEntry>[] {
  return [
    {
      id: "at",
      header: t("audit.at"),
      cell: ({ at }) => <time dateTime={at}>{formatMoment(at)}</time>,
      className: "whitespace-nowrap",
    },
    {
      id: "actor",
      header: t("audit.actor"),
      cell: ({ actor }) => <span className="font-semibold">{actor.label}</span>,
    },
    {
      id: "action",
      header: t("audit.action"),
      cell: (entry) => (
        <button
          type="button"
          className="min-h-touch rounded-small font-code text-xs text-accent hover:underline"
          onClick={() => onOpen(entry)}
        >
          {entry.action}
        </button>
      ),
    },
    {
      id: "object",
      header: t("audit.object"),
      cell: ({ object_type, object_id, facts }) => (
        <span className="text-fg-muted" title={object_id}>
          {object_type}
          {typeof facts["name"] === "string" && ` “${facts["name"]}”`}
        </span>
      ),
    },
    {
      id: "address",
      header: t("audit.address"),
      cell: ({ address }) => <span className="font-code text-xs text-fg-muted">{address}</span>,
      wideOnly: true,
    },
    {
      id: "outcome",
      header: t("audit.outcome"),
      cell: ({ outcome }) => <OutcomeChip outcome={outcome} />,
    },
    {
      id: "intact",
      header: t("audit.integrity"),
      hideHeader: true,
      cell: ({ is_intact }) =>
        !is_intact && (
          <Chip tone="error" icon={ShieldAlert}>
            {t("audit.broken")}
          </Chip>
        ),
      align: "end",
    },
  ];
}
