// What differs between two states of a workflow: on a canvas, and as a list with every field.

import { useQuery } from "@tanstack/react-query";
import { Equal } from "lucide-react";
import { useMemo, useState } from "react";
import { historyEntryQuery } from "@/api/history-queries";
import type { Workflow, WorkflowDocument } from "@/api/types";
import {
  type Change,
  type ChangeKind,
  ChangeList,
  changesBetween,
  DiffCanvas,
  KIND_LOOKS,
  tally,
} from "@/features/editor";
import type { Catalog } from "@/features/palette";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";
import { Checkbox } from "@/ui/checkbox";
import { Chip } from "@/ui/chip";
import { EmptyState } from "@/ui/empty-state";
import { QueryState } from "@/ui/query-state";
import { DRAFT } from "./model/titles";

type Props = {
  readonly workflow: Workflow;
  readonly catalog: Catalog;
  readonly pair: { readonly a: string; readonly b: string };
};

export function Comparison({ workflow, catalog, pair: { a, b } }: Props) {
  const from = useQuery(historyEntryQuery(workflow.id, a));
  const to = useQuery({ ...historyEntryQuery(workflow.id, b), enabled: b !== DRAFT });
  const waiting = b !== DRAFT && !to.data ? to : from;
  const before = from.data?.document;
  const after = b === DRAFT ? workflow.document : to.data?.document;
  return (
    <QueryState query={waiting} rows={8}>
      {before && after && (
        <Differences
          key={`${a} ${b} ${b === DRAFT ? workflow.revision : ""}`}
          workflowId={workflow.id}
          catalog={catalog}
          before={withoutPins(before)}
          after={withoutPins(after)}
        />
      )}
    </QueryState>
  );
}

/** Pinned data stays with the draft: every version would differ from it by its pins. */
const withoutPins = (document: WorkflowDocument): WorkflowDocument => ({ ...document, pins: {} });

type DifferencesProps = {
  readonly workflowId: string;
  readonly catalog: Catalog;
  readonly before: WorkflowDocument;
  readonly after: WorkflowDocument;
};

function Differences({ workflowId, catalog, before, after }: DifferencesProps) {
  // Made once: another pair, or another revision of the draft, is another component.
  const [all] = useState(() => changesBetween(before, after));
  const [withMoved, setWithMoved] = useState(false);
  const [picked, pick] = useState<string | null>(null);
  const shown = useMemo(
    () => (withMoved ? all : all.filter(({ kind }) => kind !== "moved")),
    [all, withMoved],
  );
  const { moved } = tally(all);
  if (all.length === 0) return <EmptyState icon={Equal} title={t("history.noChanges")} />;
  return (
    <>
      <Card className="h-96 overflow-hidden max-sm:hidden">
        <DiffCanvas
          key={String(withMoved)}
          workflowId={workflowId}
          catalog={catalog}
          before={before}
          after={after}
          changes={shown}
          node={picked}
        />
      </Card>
      <Card
        title={t("history.changesCount", { count: shown.length })}
        aside={
          <span className="flex flex-wrap items-center gap-3">
            <Tally changes={shown} />
            {moved > 0 && (
              <Checkbox label={t("history.moved")} checked={withMoved} onChange={setWithMoved} />
            )}
          </span>
        }
      >
        <div className="px-4">
          {shown.length === 0 ? (
            <p className="py-4 text-fg-muted">{t("history.onlyMoved", { count: moved })}</p>
          ) : (
            <ChangeList
              label={t("history.changes")}
              changes={shown}
              catalog={catalog}
              onPick={({ id }) => pick(id)}
            />
          )}
        </div>
      </Card>
    </>
  );
}

const KINDS: readonly ChangeKind[] = ["added", "removed", "changed", "moved"];

function Tally({ changes }: { readonly changes: readonly Change[] }) {
  const counts = tally(changes);
  return KINDS.filter((kind) => counts[kind] > 0).map((kind) => {
    const [tone, icon] = KIND_LOOKS[kind];
    return (
      <Chip key={kind} tone={tone} icon={icon}>
        {t(`history.tally.${kind}`, { count: counts[kind] })}
      </Chip>
    );
  });
}
