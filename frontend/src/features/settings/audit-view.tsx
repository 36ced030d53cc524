// Who did what, newest first. Read only.

import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText, SearchX } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { auditQuery } from "@/api/queries";
import type { AuditEntry } from "@/api/types";
import { useDebounced } from "@/lib/debounce";
import { formatMoment } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";
import { EmptyState } from "@/ui/empty-state";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { SearchField } from "@/ui/search-field";
import { type Column, Table } from "@/ui/table";
import { SectionHeader } from "./settings-frame";

export type AuditSearch = {
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
};

type Props = {
  readonly search: AuditSearch;
  readonly onSearch: (search: AuditSearch) => void;
};

export function AuditView({ search, onSearch }: Props) {
  const query = useInfiniteQuery(auditQuery(search));
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const isFiltered = Object.keys(search).length > 0;
  return (
    <>
      <SectionHeader text={t("audit.intro")} />
      <Filters search={search} onSearch={onSearch} />
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
              columns={COLUMNS}
              rows={rows}
              rowKey={(row) => String(row.seq)}
            />
          </Card>
        )}
        <LoadMore query={query} />
      </QueryState>
    </>
  );
}

function Filters({ search, onSearch }: Props) {
  const [typed, setTyped] = useState(search);
  const settled = useDebounced(typed);
  const show = useEffectEvent(onSearch);
  useEffect(() => show(settled), [settled]);
  const set = (name: keyof AuditSearch) => (value: string) =>
    setTyped(({ [name]: _before, ...rest }) => (value === "" ? rest : { ...rest, [name]: value }));
  return (
    <div className="flex flex-wrap gap-2">
      <SearchField
        label={t("audit.actor")}
        value={typed.actor ?? ""}
        onChange={set("actor")}
        className="w-56 max-sm:w-full"
      />
      <SearchField
        label={t("audit.actionExample")}
        value={typed.action ?? ""}
        onChange={set("action")}
        className="w-72 max-sm:w-full"
      />
      <SearchField
        label={t("audit.objectExample")}
        value={typed.object ?? ""}
        onChange={set("object")}
        className="w-72 max-sm:w-full"
      />
    </div>
  );
}

const COLUMNS: readonly Column<AuditEntry>[] = [
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
    cell: ({ action }) => <code className="font-code text-xs">{action}</code>,
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
    cell: ({ address, request_id }) => (
      <span className="font-code text-fg-muted text-xs" title={request_id}>
        {address}
      </span>
    ),
    wideOnly: true,
  },
  { id: "facts", header: t("audit.facts"), cell: (row) => <Facts entry={row} />, wideOnly: true },
];

function Facts({ entry }: { readonly entry: AuditEntry }) {
  const facts = Object.entries(entry.facts);
  if (facts.length === 0) return null;
  return (
    <details>
      <summary className="cursor-pointer rounded-small text-fg-muted">
        {t("audit.factCount", { count: facts.length })}
      </summary>
      <pre className="max-w-96 overflow-auto py-1 font-code text-xs text-fg-muted">
        {JSON.stringify(entry.facts, null, 2)}
      </pre>
    </details>
  );
}
