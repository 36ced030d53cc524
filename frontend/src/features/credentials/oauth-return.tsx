// Where a provider sends the browser back to: hands the code in, and says how it went.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { useEffect } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Credential } from "@/api/types";
import { Page } from "@/features/shell";
import { t } from "@/lib/i18n";
import { EmptyState } from "@/ui/empty-state";
import { QueryState } from "@/ui/query-state";
import { CONNECTING } from "./use-connect";

export function OAuthReturn() {
  const given = new URLSearchParams(window.location.search);
  const state = given.get("state") ?? "";
  const client = useQueryClient();
  // A query, so that rendering twice hands the code in once: an answer counts one time.
  const query = useQuery({
    queryKey: ["oauth2", state],
    queryFn: () =>
      api.post<Credential>("credentials/authorizations/", {
        state,
        code: given.get("code") ?? "",
        error: given.get("error") ?? "",
      }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const isDone = query.isSuccess;
  useEffect(() => {
    if (!isDone) return;
    const channel = new BroadcastChannel(CONNECTING);
    channel.postMessage("connected");
    channel.close();
    void refresh(client, keys.credentials);
    // Ignored in a window that no script opened, such as this one when popups are blocked.
    window.close();
  }, [client, isDone]);
  return (
    <Page title={t("credentials.return.title")}>
      <QueryState query={query}>
        <EmptyState
          icon={CircleCheck}
          title={t("credentials.return.done", { name: query.data?.name ?? "" })}
          action={<Link to="/credentials">{t("credentials.return.back")}</Link>}
        >
          {t("credentials.return.doneText")}
        </EmptyState>
      </QueryState>
    </Page>
  );
}
