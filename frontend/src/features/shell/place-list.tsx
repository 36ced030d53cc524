// One's workspaces, to change over to: where there are many, the recent ones and a search.

import { useMutation, useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { Check } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { placesQuery } from "@/api/queries";
import type { Place } from "@/api/types";
import { useSession } from "@/features/auth";
import { t } from "@/lib/i18n";
import { Avatar } from "@/ui/avatar";
import { Icon } from "@/ui/icon";
import { QueryState } from "@/ui/query-state";
import { SearchField } from "@/ui/search-field";
import { MANY, placesInOrder } from "./places-in-order";

type Props = {
  readonly current: string;
  /** Where the place begins that a page belongs to. */
  readonly sectionAt: (path: string) => string;
};

export function PlaceList({ current, sectionAt }: Props) {
  const query = useQuery(placesQuery);
  const used = useSession().preferences?.recent_tenants ?? [];
  const [words, setWords] = useState("");
  const path = useLocation({ select: ({ pathname }) => pathname });
  const leave = useMutation({
    mutationFn: (slug: string) =>
      api.post<{ readonly url: string }>("session/hand-over/", { tenant: slug }),
    onSuccess: ({ url }) => {
      // What is open here is not there; the section that it belongs to is.
      const next = new URL(url);
      next.searchParams.set("next", `/app${sectionAt(path)}`);
      window.location.assign(next);
    },
  });
  const all = query.data ?? [];
  const { recent, others } = placesInOrder(all, used, current, words);
  const rows = { current, isLeaving: leave.isPending, onChoose: leave.mutate };
  return (
    <div className="flex flex-col gap-2">
      <h2 className="px-2 text-fg-muted text-sm">{t("shell.switchTenant")}</h2>
      <QueryState query={query} rows={2}>
        {all.length >= MANY && (
          <SearchField
            autoFocus
            label={t("shell.searchTenants")}
            value={words}
            onChange={setWords}
          />
        )}
        {recent.length > 0 && <Places {...rows} places={recent} title={t("shell.recentTenants")} />}
        <Places
          {...rows}
          places={others}
          title={recent.length > 0 ? t("shell.otherTenants") : null}
        />
        {all.length === 1 && <Remark text={t("shell.onlyTenant")} />}
        {words !== "" && others.length === 0 && <Remark text={t("shell.noTenantFound")} />}
      </QueryState>
    </div>
  );
}

const Remark = ({ text }: { readonly text: string }) => (
  <p role="status" className="px-2 text-fg-muted text-sm">
    {text}
  </p>
);

type PlacesProps = {
  readonly places: readonly Place[];
  readonly title: string | null;
  readonly current: string;
  readonly isLeaving: boolean;
  readonly onChoose: (slug: string) => void;
};

function Places({ places, title, current, isLeaving, onChoose }: PlacesProps) {
  return (
    <>
      {title !== null && <h3 className="px-2 text-fg-muted text-xs">{title}</h3>}
      <ul className="flex max-h-80 flex-col overflow-auto">
        {places.map(({ slug, name }) => (
          <li key={slug}>
            <button
              type="button"
              disabled={slug === current || isLeaving}
              aria-current={slug === current || undefined}
              className="flex min-h-touch w-full items-center gap-3 rounded-control px-2 py-1.5 text-start enabled:hover:bg-hover focus-visible:-outline-offset-2"
              onClick={() => onChoose(slug)}
            >
              <Avatar name={name} shape="square" size="small" />
              <span className="min-w-0 flex-1 truncate">{name}</span>
              {slug === current && <Icon icon={Check} size={16} className="text-accent" />}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
