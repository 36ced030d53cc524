// The approvals that wait for a person: a list and a card; on a phone the card with the list below.

import "@/lib/messages/people";
import "@/lib/messages/runs";
import { Inbox, Undo2 } from "lucide-react";
import { useState } from "react";
import type { Approval, Page } from "@/api/types";
import { useActions } from "@/lib/actions";
import { formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { EmptyState } from "@/ui/empty-state";
import { LoadMore } from "@/ui/load-more";
import { QueryState } from "@/ui/query-state";
import { Segmented } from "@/ui/segmented";
import { BulkFaults } from "./bulk-faults";
import { InboxList } from "./inbox-list";
import { OpenApproval } from "./open-approval";
import { undo, usePending } from "./pending";
import { useUnsent } from "./unsent";
import { UnsentNotice } from "./unsent-notice";
import { useDecidedElsewhere } from "./use-decided-elsewhere";
import { useApprovals } from "./use-inbox";

export type InboxSearch = { readonly state?: string; readonly approval?: string };

type Props = {
  readonly search: InboxSearch;
  readonly onSearch: (search: InboxSearch) => void;
};

export function InboxView({ search, onSearch }: Props) {
  const state = search.state === "decided" ? "decided" : "open";
  const query = useApprovals(state);
  const rows = useRows(query.data?.pages);
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === search.approval),
  );
  const shown = rows[at];
  const show = (approval: Approval | undefined) =>
    onSearch({
      ...(state === "decided" ? { state } : {}),
      ...(approval ? { approval: approval.id } : {}),
    });
  const [answered, setAnswered] = useState(false);
  useWalking(rows, at, show);
  useUndo();
  useDecidedElsewhere(query.data?.pages, shown);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={t("inbox.which")}
          value={state}
          segments={[
            { value: "open", label: t("inbox.open") },
            { value: "decided", label: t("inbox.decided") },
          ]}
          onChange={(next) => onSearch(next === "decided" ? { state: next } : {})}
        />
        <p role="status" className="text-fg-muted max-sm:text-xs">
          {state === "open" && rows.length > 0 ? summary(rows) : ""}
        </p>
      </div>
      <UnsentNotice />
      <BulkFaults />
      <QueryState query={query} rows={4}>
        {!shown ? (
          <EmptyState
            icon={Inbox}
            title={state === "open" ? t("inbox.empty") : t("inbox.noneDecided")}
          >
            {state === "open" && t("inbox.emptyText")}
          </EmptyState>
        ) : (
          <div className="grid grid-cols-[20rem_minmax(0,1fr)] items-start gap-5 max-lg:flex max-lg:flex-col-reverse max-lg:items-stretch">
            <div>
              <InboxList
                rows={rows}
                shown={shown}
                onShow={(row) => {
                  setAnswered(false);
                  show(row);
                }}
              />
              <LoadMore query={query} />
            </div>
            <OpenApproval
              key={shown.id}
              approval={shown}
              mayDecide={shown.can_decide && shown.state === "open"}
              takesFocus={answered}
              onDone={() => {
                setAnswered(true);
                show(rows[at + 1] ?? rows[at - 1]);
              }}
            />
          </div>
        )}
      </QueryState>
    </div>
  );
}

function summary(rows: readonly Approval[]): string {
  const oldest = rows.reduce((a, b) => (a.created_at < b.created_at ? a : b)).created_at;
  return t("inbox.summary", { count: rows.length, oldest: formatRelative(oldest) });
}

/** What is decided here and not sent yet is gone from the list. */
function useRows(pages: readonly Page<Approval>[] | undefined): readonly Approval[] {
  const pending = usePending();
  const gone = new Set([...pending, ...useUnsent().map(({ id }) => id)]);
  return (pages ?? []).flatMap((page) => page.results.filter(({ id }) => !gone.has(id)));
}

/** Z takes the newest decision back while it can be. */
function useUndo(): void {
  const pending = usePending();
  useActions([
    {
      id: "inbox.undo",
      group: t("inbox.title"),
      scope: "page",
      label: t("inbox.undo"),
      icon: Undo2,
      keys: ["z"],
      when: () => pending.size > 0,
      run: () => undo(),
    },
  ]);
}

/** J and K walk the list. */
function useWalking(
  rows: readonly Approval[],
  at: number,
  show: (approval: Approval | undefined) => void,
): void {
  const base = { group: t("inbox.title"), scope: "page" } as const;
  useActions([
    {
      ...base,
      id: "inbox.next",
      label: t("inbox.next"),
      keys: ["j"],
      when: () => at < rows.length - 1,
      run: () => show(rows[at + 1]),
    },
    {
      ...base,
      id: "inbox.previous",
      label: t("inbox.previous"),
      keys: ["k"],
      when: () => at > 0,
      run: () => show(rows[at - 1]),
    },
  ]);
}
