// Tries a credential and says what is wrong.

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, Info } from "lucide-react";
import { api } from "@/api/client";
import type { Credential, CredentialTest } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Icon } from "@/ui/icon";
import { QueryState } from "@/ui/query-state";

type Props = { readonly row: Credential; readonly onClose: () => void };

export function TestDialog({ row, onClose }: Props) {
  const query = useQuery({
    queryKey: ["credential-test", row.id, row.updated_at],
    queryFn: () => api.post<CredentialTest>(`credentials/${row.id}/test/`),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="small"
      title={t("credentials.test.title", { name: row.name })}
      footer={
        <>
          <Button busy={query.isFetching} onClick={() => query.refetch()}>
            {t("credentials.test.again")}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t("common.close")}
          </Button>
        </>
      }
    >
      <div aria-live="polite" className="pb-2">
        {query.isFetching ? (
          <p className="text-fg-muted">{t("credentials.test.running")}</p>
        ) : (
          <QueryState query={query}>{query.data && <Result result={query.data} />}</QueryState>
        )}
      </div>
    </Dialog>
  );
}

function Result({ result }: { readonly result: CredentialTest }) {
  const { icon, tone, title } = looks(result);
  return (
    <div className="flex items-start gap-2.5">
      <Icon icon={icon} className={tone} />
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-semibold">{title}</p>
        <p className="break-words text-fg-muted">{result.message}</p>
      </div>
    </div>
  );
}

function looks({ ok, tried }: CredentialTest) {
  if (!ok)
    return { icon: CircleAlert, tone: "text-error", title: t("credentials.test.failed") } as const;
  if (!tried)
    return { icon: Info, tone: "text-fg-muted", title: t("credentials.test.untried") } as const;
  return { icon: CircleCheck, tone: "text-success", title: t("credentials.test.ok") } as const;
}
