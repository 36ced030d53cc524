// Where a provider sends the browser back to: hands the code in, and says how it went.

import "@/lib/messages/pages";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck, KeyRound } from "lucide-react";
import { useEffect } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Credential } from "@/api/types";
import { Page } from "@/features/shell";
import { t } from "@/lib/i18n";
import { buttonClass } from "@/ui/button";
import { EmptyState } from "@/ui/empty-state";
import { QueryState } from "@/ui/query-state";
import { CONNECTING } from "./use-connect";

export function OAuthReturn() {
  const given = new URLSearchParams(window.location.search);
  const state = given.get("state") ?? "";
  return (
    <Page title={t("credentials.return.title")}>
      {state === "" ? <Astray /> : <HandIn state={state} given={given} />}
    </Page>
  );
}

/** Somebody opened the address by hand: no provider sent them. */
function Astray() {
  return (
    <EmptyState icon={KeyRound} title={t("credentials.return.nothing")} action={<WayBack />}>
      {t("credentials.return.nothingText")}
    </EmptyState>
  );
}

function WayBack() {
  return (
    <Link to="/credentials" className={buttonClass()}>
      {t("credentials.return.back")}
    </Link>
  );
}

type HandInProps = { readonly state: string; readonly given: URLSearchParams };

function HandIn({ state, given }: HandInProps) {
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
    <QueryState query={query}>
      <EmptyState
        icon={CircleCheck}
        title={t("credentials.return.done", { name: query.data?.name ?? "" })}
        action={<WayBack />}
      >
        {t("credentials.return.doneText")}
      </EmptyState>
    </QueryState>
  );
}
