// The history of one workflow: entries at the left, what differs between two of them at the right.

import "@/lib/messages/history";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useMemo, useState } from "react";
import { historyQuery } from "@/api/history-queries";
import { catalogQuery, workflowQuery } from "@/api/queries";
import type { HistoryEntry, NodeCatalog, Workflow } from "@/api/types";
import { useCan } from "@/features/auth";
import { buildCatalog } from "@/features/palette";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { Icon } from "@/ui/icon";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { SelectInput } from "@/ui/select";
import { Comparison } from "./comparison";
import { EntryList } from "./entry-list";
import { DRAFT, longTitleOf, titleOf } from "./model/titles";
import { EntryNameDialog } from "./name-dialog";
import { useRestore } from "./use-restore";

export type HistorySearch = { readonly a?: string; readonly b?: string };

type Props = {
  readonly workflowId: string;
  readonly search: HistorySearch;
  readonly onSearch: (search: HistorySearch) => void;
};

export function HistoryView({ workflowId, search, onSearch }: Props) {
  const workflow = useQuery({ ...workflowQuery(workflowId), refetchOnMount: "always" });
  const nodes = useQuery(catalogQuery);
  const query = useInfiniteQuery({ ...historyQuery(workflowId), refetchOnMount: "always" });
  const entries = query.data?.pages.flatMap((page) => page.results) ?? [];
  // The live version first: what is asked most is how the draft differs from it.
  const live = entries.find(({ number }) => number !== null) ?? entries[0];
  const from = search.a ?? live?.ref ?? "";
  return (
    <QueryState query={query} rows={8}>
      {workflow.data && nodes.data && (
        <div className="grid grid-cols-[20rem_minmax(0,1fr)] items-start gap-4 max-lg:grid-cols-1">
          <Card className="max-h-[calc(100dvh-12rem)] overflow-auto max-lg:max-h-72">
            <EntryList
              workflow={workflow.data}
              entries={entries}
              chosen={from}
              onChoose={(a) => onSearch({ ...search, a })}
            />
            <LoadMore query={query} />
          </Card>
          <Pair
            workflow={workflow.data}
            nodes={nodes.data}
            entries={entries}
            pair={{ a: from, b: search.b ?? DRAFT }}
            onPair={onSearch}
          />
        </div>
      )}
    </QueryState>
  );
}

type PairProps = {
  readonly workflow: Workflow;
  readonly nodes: NodeCatalog;
  readonly entries: readonly HistoryEntry[];
  readonly pair: { readonly a: string; readonly b: string };
  readonly onPair: (search: HistorySearch) => void;
};

function Pair({ workflow, nodes, entries, pair, onPair }: PairProps) {
  const catalog = useMemo(() => buildCatalog(nodes), [nodes]);
  const restore = useRestore(workflow.id);
  const mayEdit = useCan("workflow.edit");
  const [isNaming, setNaming] = useState(false);
  const chosen = entries.find(({ ref }) => ref === pair.a);
  const options = entries.map((entry) => ({ value: entry.ref, label: longTitleOf(entry) }));
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <div className="w-56 max-sm:w-full">
          <SelectInput
            aria-label={t("history.from")}
            value={pair.a}
            options={options}
            onChange={(a) => onPair({ ...pair, a })}
          />
        </div>
        <Icon icon={ArrowRight} className="text-fg-muted max-sm:rotate-90" />
        <div className="w-56 max-sm:w-full">
          <SelectInput
            aria-label={t("history.to")}
            value={pair.b}
            options={[{ value: DRAFT, label: t("history.draft") }, ...options]}
            onChange={(b) => onPair({ ...pair, b })}
          />
        </div>
        {mayEdit && chosen && (
          <div className="ms-auto flex flex-wrap gap-2">
            <Button onClick={() => setNaming(true)}>
              {chosen.name === "" ? t("history.name") : t("history.rename")}
            </Button>
            <Button
              variant="primary"
              busy={restore.isPending}
              onClick={() => restore.mutate({ ref: chosen.ref, title: titleOf(chosen) })}
            >
              {t("history.restore")}
            </Button>
          </div>
        )}
      </div>
      {pair.a !== "" && <Comparison workflow={workflow} catalog={catalog} pair={pair} />}
      {isNaming && chosen && (
        <EntryNameDialog workflowId={workflow.id} entry={chosen} onClose={() => setNaming(false)} />
      )}
    </div>
  );
}
