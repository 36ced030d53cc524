// The name of the tenant as a button that opens the way to one's other ones.

import { useMutation, useQuery } from "@tanstack/react-query";
import { Check, ChevronsUpDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import { api } from "@/api/client";
import { placesQuery } from "@/api/queries";
import type { Session } from "@/api/types";
import { t } from "@/lib/i18n";
import { Avatar } from "@/ui/avatar";
import { Icon } from "@/ui/icon";
import { Popover } from "@/ui/popover";
import { QueryState } from "@/ui/query-state";

type Props = { readonly tenant: Session["tenant"]; readonly children: ReactNode };

export function PlacesPopover({ tenant, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={t("shell.switchTenant")}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          className="flex h-control min-w-0 items-center gap-2 rounded-control px-1.5 hover:bg-hover"
        >
          {children}
          <Icon icon={ChevronsUpDown} size={14} className="text-fg-subtle" />
        </button>
      }
    >
      <Places current={tenant.slug} />
    </Popover>
  );
}

function Places({ current }: { readonly current: string }) {
  const places = useQuery(placesQuery);
  const leave = useMutation({
    mutationFn: (slug: string) =>
      api.post<{ readonly url: string }>("session/hand-over/", { tenant: slug }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <div className="flex flex-col gap-2">
      <h2 className="px-2 text-fg-muted text-sm">{t("shell.switchTenant")}</h2>
      <QueryState query={places} rows={2}>
        <ul className="flex flex-col">
          {places.data?.map(({ slug, name }) => (
            <li key={slug}>
              <button
                type="button"
                disabled={slug === current || leave.isPending}
                aria-current={slug === current || undefined}
                className="flex min-h-touch w-full items-center gap-3 rounded-control px-2 py-1.5 text-start enabled:hover:bg-hover"
                onClick={() => leave.mutate(slug)}
              >
                <Avatar name={name} shape="square" size="small" />
                <span className="min-w-0 flex-1 truncate">{name}</span>
                {slug === current && <Icon icon={Check} size={16} className="text-accent" />}
              </button>
            </li>
          ))}
        </ul>
        {places.data?.length === 1 && (
          <p className="px-2 text-fg-muted text-sm">{t("shell.onlyTenant")}</p>
        )}
      </QueryState>
    </div>
  );
}
