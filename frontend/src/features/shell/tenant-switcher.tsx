// Whose data this is. Where there are several tenants, the way to one's other ones.

import { useSession } from "@/features/auth";
import { Avatar } from "@/ui/avatar";
import { deferred } from "@/ui/deferred";
import { sectionAt } from "./navigation";

const ROW = "flex min-w-0 items-center gap-2 px-1";

const PlacesPopover = deferred(
  () => import("./places-popover").then((module) => module.PlacesPopover),
  ({ children }) => <div className={ROW}>{children}</div>,
);

export function TenantSwitcher() {
  const { tenant, multi_tenant } = useSession();
  const name = (
    <>
      <Avatar name={tenant.name} shape="square" size="small" />
      <span className="truncate font-semibold max-sm:sr-only">{tenant.name}</span>
    </>
  );
  if (!multi_tenant) return <div className={ROW}>{name}</div>;
  return (
    <PlacesPopover tenant={tenant} sectionAt={sectionAt}>
      {name}
    </PlacesPopover>
  );
}
