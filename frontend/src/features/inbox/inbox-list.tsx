// The list of approvals: one is looked at; those that are safe for it can be selected together.

import { useState } from "react";
import type { Approval } from "@/api/types";
import { cx } from "@/lib/cx";
import { formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Checkbox } from "@/ui/checkbox";
import { StateChip } from "./approval-card";
import { BulkBar } from "./bulk-bar";

type Props = {
  readonly rows: readonly Approval[];
  readonly shown: Approval;
  readonly onShow: (approval: Approval) => void;
};

export function InboxList({ rows, shown, onShow }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selected = rows.filter((row) => chosen.has(row.id) && mayBulk(row));
  const first = selected[0];
  const alike = first ? rows.filter((row) => mayBulk(row) && stepOf(row) === stepOf(first)) : [];
  const toggle = (id: string, isChosen: boolean) => {
    const next = new Set(selected.map((row) => row.id));
    if (isChosen) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <>
      <BulkBar
        selected={selected}
        alike={alike.length}
        onAll={() => setChosen(new Set(alike.map(({ id }) => id)))}
        onClear={() => setChosen(new Set())}
      />
      <ul aria-label={t("inbox.title")} className="flex flex-col gap-1">
        {rows.map((row) => (
          <li key={row.id} className="flex items-center gap-2">
            {mayBulk(row) && (
              <Checkbox
                hideLabel
                label={t("inbox.select", { title: row.title })}
                checked={chosen.has(row.id)}
                disabled={first !== undefined && stepOf(row) !== stepOf(first)}
                onChange={(isChosen) => toggle(row.id, isChosen)}
              />
            )}
            <RowButton row={row} isShown={row === shown} onShow={() => onShow(row)} />
          </li>
        ))}
      </ul>
    </>
  );
}

const mayBulk = (row: Approval): boolean =>
  row.is_bulk_safe && row.can_decide && row.state === "open";

/** Only cards of one step are alike. */
const stepOf = (row: Approval): string => `${row.workflow.id} ${row.node}`;

type RowProps = {
  readonly row: Approval;
  readonly isShown: boolean;
  readonly onShow: () => void;
};

function RowButton({ row, isShown, onShow }: RowProps) {
  return (
    <button
      type="button"
      aria-current={isShown ? "true" : undefined}
      onClick={onShow}
      className={cx(
        "flex w-full min-w-0 flex-col gap-0.5 rounded-control border px-3 py-2 text-start",
        isShown ? "border-accent bg-accent-soft" : "border-line bg-surface hover:bg-hover",
      )}
    >
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{row.title}</span>
        <StateChip approval={row} />
      </span>
      <span className="truncate text-xs text-fg-muted">
        {row.workflow.name} · {formatRelative(row.created_at)}
      </span>
    </button>
  );
}
