// /app/templates: workflows of everyday use to begin with.

import "@/lib/messages/templates";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { catalogQuery, credentialTypesQuery, templatesQuery } from "@/api/queries";
import type { TemplateRow } from "@/api/types";
import { buildCatalog, EMPTY_CATALOG, NodeTile } from "@/features/palette";
import { Page } from "@/features/shell";
import { t } from "@/lib/i18n";
import { Chip } from "@/ui/chip";
import { QueryState } from "@/ui/query-state";
import { Segmented } from "@/ui/segmented";

const CATEGORIES = ["forms", "webhooks", "schedules", "files", "operations"] as const;
const SHOWN_NODES = 6;

export type TemplatesSearch = { readonly category?: string };

type Props = {
  readonly search: TemplatesSearch;
  readonly onSearch: (search: TemplatesSearch) => void;
};

export function TemplatesView({ search, onSearch }: Props) {
  const query = useQuery(templatesQuery);
  const all = query.data ?? [];
  const shown = all.filter(({ category }) => !search.category || category === search.category);
  return (
    <Page title={t("templates.title")} intro={t("templates.intro")}>
      <div className="max-w-full overflow-x-auto">
        <Segmented
          label={t("templates.filter")}
          value={search.category ?? "all"}
          onChange={(category) => onSearch(category === "all" ? {} : { category })}
          segments={[
            { value: "all", label: t("templates.all") },
            ...CATEGORIES.map((value) => ({ value, label: t(`templates.category.${value}`) })),
          ]}
        />
      </div>
      <QueryState query={query}>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(20rem,100%),1fr))] gap-3">
          {shown.map((row) => (
            <li key={row.slug}>
              <TemplateCard row={row} />
            </li>
          ))}
        </ul>
      </QueryState>
    </Page>
  );
}

function TemplateCard({ row }: { readonly row: TemplateRow }) {
  const { data } = useQuery(catalogQuery);
  const catalog = useMemo(() => (data ? buildCatalog(data) : EMPTY_CATALOG), [data]);
  return (
    <Link
      to="/templates/$slug"
      params={{ slug: row.slug }}
      className="flex h-full flex-col gap-3 rounded-panel border border-line bg-surface p-4 hover:border-accent"
    >
      <span className="flex gap-1.5">
        {row.nodes.slice(0, SHOWN_NODES).map((type) => (
          <NodeTile key={type} catalog={catalog} spec={catalog.byType(type)} size="medium" />
        ))}
      </span>
      <span className="flex flex-1 flex-col gap-1">
        <span className="text-md font-semibold">{row.title}</span>
        <span className="text-fg-muted">{row.summary}</span>
      </span>
      <Needs row={row} />
    </Link>
  );
}

/** What must be there before it can do its work. */
export function Needs({ row }: { readonly row: TemplateRow }) {
  const { data: types = [] } = useQuery(credentialTypesQuery);
  const named = row.credentials.map((id) => types.find((type) => type.id === id)?.title ?? id);
  return (
    <span className="flex flex-wrap gap-1.5">
      <Chip>
        {named.length > 0
          ? t("templates.needsCredential", { types: named.join(", ") })
          : t("templates.needsNothing")}
      </Chip>
      {row.missing.length > 0 && (
        <Chip tone="warn">{t("templates.missing", { types: row.missing.join(", ") })}</Chip>
      )}
    </span>
  );
}
