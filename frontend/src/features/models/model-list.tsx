// The models that workflows may name.

import { useQuery } from "@tanstack/react-query";
import { CircleOff, Plus, Sparkles, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { modelsQuery, providersQuery } from "@/api/model-queries";
import type { LanguageModel } from "@/api/types";
import { useCan } from "@/features/auth";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Chip } from "@/ui/chip";
import { EmptyState } from "@/ui/empty-state";
import { QueryState } from "@/ui/query-state";
import { type Column, Table } from "@/ui/table";
import { ModelDialog } from "./model-dialog";
import { RowCommands } from "./row-commands";

export function ModelList() {
  const [adding, setAdding] = useState(false);
  const query = useQuery(modelsQuery);
  const mayEdit = useCan("llm.edit");
  const rows = query.data ?? [];
  const add = mayEdit && (
    <Button variant="primary" icon={Plus} onClick={() => setAdding(true)}>
      {t("models.add")}
    </Button>
  );
  return (
    <>
      <Card title={t("models.list")} aside={rows.length > 0 && add} className="overflow-hidden">
        <QueryState query={query} rows={2}>
          {rows.length === 0 ? (
            <EmptyState icon={Sparkles} title={t("models.empty")} action={add}>
              {t("models.emptyText")}
            </EmptyState>
          ) : (
            <Table label={t("models.list")} columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />
          )}
        </QueryState>
      </Card>
      {adding && <ModelDialog model={null} onClose={() => setAdding(false)} />}
    </>
  );
}

function ProviderTitle({ id }: { readonly id: string }) {
  const { data } = useQuery(providersQuery);
  return <>{data?.find((one) => one.id === id)?.title ?? id}</>;
}

const COLUMNS: readonly Column<LanguageModel>[] = [
  {
    id: "name",
    header: t("models.name"),
    cell: (row) => <NameCell row={row} />,
    className: "max-sm:pe-20",
  },
  {
    id: "provider",
    header: t("models.provider"),
    cell: ({ provider }) => <ProviderTitle id={provider} />,
  },
  {
    id: "tier",
    header: t("models.tier"),
    cell: ({ tier }) => <Chip>{t(`models.tier.${tier}`)}</Chip>,
  },
  { id: "state", header: t("models.state"), cell: (row) => <StateChips row={row} /> },
  {
    id: "commands",
    header: t("common.more"),
    hideHeader: true,
    cell: (row) => (
      <RowCommands
        name={row.name}
        path={`llm/models/${row.id}/`}
        deleteText={t("models.deleteText")}
        dialog={(onClose) => <ModelDialog model={row} onClose={onClose} />}
      />
    ),
    align: "end",
    className: "max-sm:absolute max-sm:end-2 max-sm:top-2",
  },
];

function NameCell({ row }: { readonly row: LanguageModel }) {
  return (
    <span className="flex flex-col">
      <span className="font-semibold wrap-anywhere">{row.name}</span>
      <span className="font-code text-xs text-fg-muted wrap-anywhere">{row.model}</span>
    </span>
  );
}

function StateChips({ row }: { readonly row: LanguageModel }) {
  if (!row.is_on) {
    return (
      <Chip tone="skipped" icon={CircleOff}>
        {t("models.off")}
      </Chip>
    );
  }
  return (
    <span className="flex flex-wrap gap-1">
      {row.is_down && (
        <Chip tone="error" icon={TriangleAlert}>
          {t("models.down")}
        </Chip>
      )}
      {!row.is_priced && (
        <Chip tone="warn" icon={TriangleAlert}>
          {t("models.unpriced")}
        </Chip>
      )}
      {!row.is_down && row.is_priced && <Chip tone="success">{t("models.on")}</Chip>}
    </span>
  );
}
