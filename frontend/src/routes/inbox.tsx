// /app/inbox

import { getRouteApi } from "@tanstack/react-router";
import { InboxView } from "@/features/inbox";
import { Page } from "@/features/shell";
import { t } from "@/lib/i18n";

const route = getRouteApi("/shell/inbox");

export function InboxPage() {
  const navigate = route.useNavigate();
  return (
    <Page title={t("inbox.title")} intro={t("inbox.intro")}>
      <InboxView
        search={route.useSearch()}
        onSearch={(search) => void navigate({ search, replace: true })}
      />
    </Page>
  );
}
