// /app/knowledge/labels: examples that classifiers know; their labels are corrected here.

import "@/lib/messages/remembered";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { PencilLine, Plus, Tags, Trash2 } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/refresh";
import { useCan } from "@/features/auth";
import { Page } from "@/features/shell";
import { useDebounced } from "@/lib/debounce";
import { formatMoment, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Chip } from "@/ui/chip";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import type { Column } from "@/ui/table";
import { ExampleDialog } from "./example-dialog";
import { KeptList, rowsOf } from "./kept-list";
import { examplesPath, examplesQuery, type LabelledExample, type Narrowing } from "./kept-queries";
import { KeptSearch, SpaceName } from "./kept-search";
import { KnowledgeTabs } from "./knowledge-tabs";

export function LabelsView() {
  const [narrowing, setNarrowing] = useState<Narrowing>({ space: "", search: "" });
  const [edited, setEdited] = useState<LabelledExample | "new" | null>(null);
  const search = useDebounced(narrowing.search.trim());
  const query = useInfiniteQuery(examplesQuery({ ...narrowing, search }));
  const rows = rowsOf(query);
  const mayEdit = useCan("knowledge.edit");
  const isNarrowed = search !== "" || narrowing.space !== "";
  const labels = [...new Set(rows.map(({ label }) => label))].sort();
  const create = mayEdit && (
    <Button variant="primary" icon={Plus} onClick={() => setEdited("new")}>
      {t("labels.create")}
    </Button>
  );
  const choose = (space: string) => setNarrowing({ space, search: "" });
  return (
    <Page title={t("nav.knowledge")} intro={t("labels.intro")} actions={rows.length > 0 && create}>
      <KnowledgeTabs />
      <KeptSearch value={narrowing} onChange={setNarrowing} />
      <KeptList
        query={query}
        label={t("labels.title")}
        columns={columns(choose, mayEdit ? setEdited : null)}
        isNarrowed={isNarrowed}
        empty={{
          icon: Tags,
          title: t("labels.empty"),
          text: t("labels.emptyText"),
          action: create,
        }}
      />
      {edited && (
        <ExampleDialog
          corrected={edited === "new" ? null : edited}
          space={narrowing.space}
          labels={labels}
          onClose={() => setEdited(null)}
        />
      )}
    </Page>
  );
}

type Correct = (row: LabelledExample) => void;

function columns(
  choose: (space: string) => void,
  correct: Correct | null,
): readonly Column<LabelledExample>[] {
  const all: readonly Column<LabelledExample>[] = [
    {
      id: "text",
      header: t("labels.text"),
      cell: ({ text }) => <span className="line-clamp-3 py-1 wrap-anywhere">{text}</span>,
      className: "w-1/2 max-sm:w-full max-sm:pe-20",
    },
    {
      id: "label",
      header: t("labels.label"),
      cell: ({ label, is_correction }) => (
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium wrap-anywhere">{label}</span>
          {is_correction && <Chip tone="human">{t("labels.isCorrection")}</Chip>}
        </span>
      ),
    },
    {
      id: "space",
      header: t("memories.space"),
      cell: ({ space }) => <SpaceName space={space} onChoose={choose} />,
    },
    {
      id: "learnt",
      header: t("labels.learnt"),
      cell: ({ created_at }) => (
        <span className="text-fg-muted" title={formatMoment(created_at)}>
          {formatRelative(created_at)}
        </span>
      ),
      wideOnly: true,
    },
  ];
  if (correct === null) return all;
  const commands: Column<LabelledExample> = {
    id: "commands",
    header: t("common.more"),
    hideHeader: true,
    align: "end",
    cell: (row) => <Commands row={row} onCorrect={correct} />,
    className: "max-sm:absolute max-sm:end-2 max-sm:top-2",
  };
  return [...all, commands];
}

type CommandsProps = { readonly row: LabelledExample; readonly onCorrect: Correct };

function Commands({ row, onCorrect }: CommandsProps) {
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const deletion = useMutation({
    mutationFn: () => api.delete(`${examplesPath}${row.id}/`),
    onSuccess: () => refresh(client, [examplesPath]),
    onSettled: () => setAsking(false),
  });
  return (
    <span className="inline-flex">
      <IconButton icon={PencilLine} label={t("labels.correct")} onClick={() => onCorrect(row)} />
      <IconButton icon={Trash2} label={t("labels.delete")} onClick={() => setAsking(true)} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("labels.deleteTitle")}
        description={t("labels.deleteText")}
        confirmLabel={t("common.delete")}
        danger
        busy={deletion.isPending}
        onConfirm={() => deletion.mutate()}
      />
    </span>
  );
}
