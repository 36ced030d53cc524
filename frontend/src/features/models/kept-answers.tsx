// The cache of answers: what may be given again without asking a model, and how to forget it.

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { keptAnswersQuery } from "@/api/model-queries";
import { refresh } from "@/api/refresh";
import type { KeptAnswer } from "@/api/types";
import { useCan } from "@/features/auth";
import { formatMoment, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { type Column, Table } from "@/ui/table";
import { toast } from "@/ui/toast";

export function KeptAnswers() {
  const query = useInfiniteQuery(keptAnswersQuery);
  const rows = query.data?.pages.flatMap((page) => page.results) ?? [];
  const mayEdit = useCan("llm.edit");
  return (
    <>
      <Card
        title={t("kept.title")}
        aside={mayEdit && rows.length > 0 && <ForgetAll />}
        className="overflow-hidden"
      >
        <QueryState query={query} rows={2}>
          {rows.length === 0 ? (
            <p className="px-4 pb-4 text-fg-muted">{t("kept.empty")}</p>
          ) : (
            <Table
              label={t("kept.title")}
              columns={mayEdit ? [...COLUMNS, COMMANDS] : COLUMNS}
              rows={rows}
              rowKey={({ id }) => id}
            />
          )}
        </QueryState>
      </Card>
      <LoadMore query={query} />
    </>
  );
}

const COLUMNS: readonly Column<KeptAnswer>[] = [
  {
    id: "text",
    header: t("kept.answer"),
    cell: ({ text }) => <span className="line-clamp-2 py-1 wrap-anywhere">{text}</span>,
    className: "w-1/2 max-sm:w-full max-sm:pe-10",
  },
  {
    id: "model",
    header: t("models.list"),
    cell: ({ model }) => <span className="text-fg-muted wrap-anywhere">{model}</span>,
  },
  {
    id: "until",
    header: t("kept.until"),
    cell: ({ expires_at }) => (
      <span className="text-fg-muted" title={formatMoment(expires_at)}>
        {formatRelative(expires_at)}
      </span>
    ),
    align: "end",
  },
];

const COMMANDS: Column<KeptAnswer> = {
  id: "commands",
  header: t("common.more"),
  hideHeader: true,
  align: "end",
  cell: (row) => <Forget row={row} />,
  className: "max-sm:absolute max-sm:end-2 max-sm:top-2",
};

function Forget({ row }: { readonly row: KeptAnswer }) {
  const client = useQueryClient();
  const forgetting = useMutation({
    mutationFn: () => api.delete(`llm/kept/${row.id}/`),
    onSettled: () => refresh(client, keptAnswersQuery.queryKey),
  });
  return (
    <IconButton
      icon={Trash2}
      label={t("kept.forget")}
      disabled={forgetting.isPending}
      onClick={() => forgetting.mutate()}
    />
  );
}

function ForgetAll() {
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const forgetting = useMutation({
    mutationFn: () => api.delete<{ forgotten: number }>("llm/kept/"),
    onSuccess: async ({ forgotten }) => {
      toast(t("kept.forgotten", { count: forgotten }), { kind: "success" });
      await refresh(client, keptAnswersQuery.queryKey);
    },
    onSettled: () => setAsking(false),
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("kept.forgetAll")}</Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("kept.forgetAllTitle")}
        description={t("kept.forgetAllText")}
        confirmLabel={t("kept.forgetAll")}
        danger
        busy={forgetting.isPending}
        onConfirm={() => forgetting.mutate()}
      />
    </>
  );
}
