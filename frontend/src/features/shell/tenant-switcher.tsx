// Whose data this is. Where there are several tenants, a way to another one's address.

import { ChevronsUpDown } from "lucide-react";
import type { FormEvent } from "react";
import { useSession } from "@/features/auth";
import { t } from "@/lib/i18n";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Popover } from "@/ui/popover";
import { TextField } from "@/ui/text-field";

const SLUG = "[a-z0-9](?:[a-z0-9\\-]*[a-z0-9])?";

export function TenantSwitcher() {
  const { tenant, multi_tenant } = useSession();
  const name = (
    <>
      <Avatar name={tenant.name} shape="square" size="small" />
      <span className="truncate font-semibold max-sm:sr-only">{tenant.name}</span>
    </>
  );
  if (!multi_tenant) return <div className="flex min-w-0 items-center gap-2 px-1">{name}</div>;
  return (
    <Popover
      label={t("shell.switchTenant")}
      trigger={
        <button
          type="button"
          className="flex h-control min-w-0 items-center gap-2 rounded-control px-1.5 hover:bg-hover"
        >
          {name}
          <Icon icon={ChevronsUpDown} size={14} className="text-fg-subtle" />
        </button>
      }
    >
      <form className="flex flex-col gap-3" onSubmit={(event) => goTo(event, tenant.slug)}>
        <TextField
          label={t("shell.tenantSlug")}
          help={t("shell.tenantSlugHelp")}
          name="slug"
          pattern={SLUG}
          autoCapitalize="none"
          autoComplete="off"
          required
        />
        <Button type="submit" variant="primary">
          {t("shell.goToTenant")}
        </Button>
      </form>
    </Popover>
  );
}

/** Tenants differ in the first part of the host name; the section stays the same. */
function goTo(event: FormEvent<HTMLFormElement>, current: string): void {
  event.preventDefault();
  const slug = String(new FormData(event.currentTarget).get("slug"));
  const { protocol, host, pathname } = window.location;
  const section = pathname.split("/").slice(0, 3).join("/");
  window.location.assign(`${protocol}//${host.replace(current, slug)}${section}`);
}
