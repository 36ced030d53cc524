// The name of the tenant as a button that opens the way to one's other ones.

import { ChevronsUpDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Session } from "@/api/types";
import { useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { Popover } from "@/ui/popover";
import { PlaceList } from "./place-list";

type Props = {
  readonly tenant: Session["tenant"];
  /** Where the place begins that a page belongs to. */
  readonly sectionAt: (path: string) => string;
  readonly children: ReactNode;
};

export function PlacesPopover({ tenant, sectionAt, children }: Props) {
  const [open, setOpen] = useState(false);
  useActions([
    {
      id: "app.tenants",
      label: t("shell.switchTenant"),
      group: t("shell.groupApp"),
      scope: "app",
      icon: ChevronsUpDown,
      keys: ["mod+shift+o"],
      run: () => setOpen(true),
    },
  ]);
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
      <PlaceList current={tenant.slug} sectionAt={sectionAt} />
    </Popover>
  );
}
