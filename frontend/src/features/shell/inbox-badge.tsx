// How many approvals wait, on the inbox's icon.

import { useOpenApprovals } from "@/features/inbox";
import { t } from "@/lib/i18n";
import { Badge } from "@/ui/badge";

export function InboxBadge() {
  const count = useOpenApprovals();
  return <Badge count={count} label={t("inbox.waiting", { count })} />;
}
