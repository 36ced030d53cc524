// /app/knowledge/memories: what agents remember; one thing or a whole name can be forgotten.

import "@/lib/messages/remembered";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Brain, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/refresh";
import { useCan } from "@/features/auth";
import { Page } from "@/features/shell";
import { useDebounced } from "@/lib/debounce";
import { formatMoment, formatRelative } from "@/lib/format";
import { isKnown, t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Chip } from "@/ui/chip";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import type { Column } from "@/ui/table";
import { toast } from "@/ui/toast";
import { KeptList, rowsOf } from "./kept-list";
import { type Memory, memoriesPath, memoriesQuery, type Narrowing } from "./kept-queries";
import { KeptSearch, SpaceName } from "./kept-search";
import { KnowledgeTabs } from "./knowledge-tabs";

export function MemoriesView() {
  const [narrowing, setNarrowing] = useState<Narrowing>({ space: "", search: "" });
  const search = useDebounced(narrowing.search.trim());
  const query = useInfiniteQuery(memoriesQuery({ ...narrowing, search }));
  const rows = rowsOf(query);
  const mayEdit = useCan("knowledge.edit");
  const choose = (space: string) => setNarrowing({ space, search: "" });
  return (
    <Page title={t("nav.knowledge")} intro={t("memories.intro")}>
      <KnowledgeTabs />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <KeptSearch value={narrowing} onChange={setNarrowing} />
        {mayEdit && narrowing.space !== "" && rows.length > 0 && (
          <ForgetAll space={narrowing.space} onDone={() => choose("")} />
        )}
      </div>
      <KeptList
        query={query}
        label={t("memories.title")}
        columns={columns(choose, mayEdit)}
        isNarrowed={search !== "" || narrowing.space !== ""}
        empty={{ icon: Brain, title: t("memories.empty"), text: t("memories.emptyText") }}
      />
    </Page>
  );
}

function ForgetAll({ space, onDone }: { readonly space: string; readonly onDone: () => void }) {
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const forgetting = useMutation({
    mutationFn: () => api.post<{ forgotten: number }>(`${memoriesPath}forget/`, { space }),
    onSuccess: async ({ forgotten }) => {
      toast(t("memories.forgotten", { count: forgotten }), { kind: "success" });
      await refresh(client, [memoriesPath]);
      onDone();
    },
    onSettled: () => setAsking(false),
  });
  return (
    <>
      <Button icon={Trash2} onClick={() => setAsking(true)}>
        <span className="max-w-64 truncate">{t("memories.forgetAll", { space })}</span>
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("memories.forgetAllTitle", { space })}
        description={t("memories.forgetAllText")}
        confirmLabel={t("memories.forgetAll", { space })}
        danger
        busy={forgetting.isPending}
        onConfirm={() => forgetting.mutate()}
      />
    </>
  );
}

function columns(choose: (space: string) => void, mayEdit: boolean): readonly Column<Memory>[] {
  const all: readonly Column<Memory>[] = [
    {
      id: "text",
      header: t("memories.text"),
      cell: ({ text, role }) => (
        <span className="line-clamp-3 py-1 wrap-anywhere">
          {role && <span className="text-fg-subtle">{`${saidBy(role)} · `}</span>}
          {text}
        </span>
      ),
      className: "w-1/2 max-sm:w-full max-sm:pe-10",
    },
    {
      id: "space",
      header: t("memories.space"),
      cell: ({ space }) => <SpaceName space={space} onChoose={choose} />,
    },
    {
      id: "kind",
      header: t("memories.kind"),
      cell: ({ kind }) => (
        <Chip>{t(kind === "session" ? "memories.kind.session" : "memories.kind.long_term")}</Chip>
      ),
    },
    { id: "kept", header: t("memories.kept"), cell: (row) => <When row={row} /> },
  ];
  const forget: Column<Memory> = {
    id: "forget",
    header: t("memories.forget"),
    hideHeader: true,
    align: "end",
    cell: (row) => <Forget row={row} />,
    className: "max-sm:absolute max-sm:end-2 max-sm:top-2",
  };
  return mayEdit ? [...all, forget] : all;
}

/** As the node calls it; another role is what a workflow wrote. */
function saidBy(role: string): string {
  const key = `memories.role.${role}`;
  return isKnown(key) ? t(key) : role;
}

function When({ row }: { readonly row: Memory }) {
  return (
    <span className="text-fg-muted">
      <span title={formatMoment(row.created_at)}>{formatRelative(row.created_at)}</span>
      {row.expires_at && (
        <span className="block text-xs text-fg-subtle">
          {t("memories.expires", { when: formatRelative(row.expires_at) })}
        </span>
      )}
    </span>
  );
}

function Forget({ row }: { readonly row: Memory }) {
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const forgetting = useMutation({
    mutationFn: () => api.delete(`${memoriesPath}${row.id}/`),
    onSuccess: () => refresh(client, [memoriesPath]),
    onSettled: () => setAsking(false),
  });
  return (
    <>
      <IconButton icon={Trash2} label={t("memories.forget")} onClick={() => setAsking(true)} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("memories.forgetTitle")}
        description={
          <>
            <span className="line-clamp-3 text-fg">{row.text}</span> {t("memories.forgetText")}
          </>
        }
        confirmLabel={t("memories.forget")}
        danger
        busy={forgetting.isPending}
        onConfirm={() => forgetting.mutate()}
      />
    </>
  );
}
