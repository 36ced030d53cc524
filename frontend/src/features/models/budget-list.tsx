// What may be spent, and how much of it is.

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { budgetsQuery } from "@/api/model-queries";
import type { Budget } from "@/api/types";
import { useCan } from "@/features/auth";
import { cx } from "@/lib/cx";
import { formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { QueryState } from "@/ui/query-state";
import { BudgetDialog } from "./budget-dialog";
import { RowCommands } from "./row-commands";
import { useWorkflowNames } from "./workflow-names";

const ALERT = 0.8;

export function BudgetList() {
  const [adding, setAdding] = useState(false);
  const query = useQuery(budgetsQuery);
  const mayEdit = useCan("llm.edit");
  const rows = query.data ?? [];
  return (
    <>
      <Card
        title={t("budgets.title")}
        aside={
          mayEdit && (
            <Button icon={Plus} onClick={() => setAdding(true)}>
              {t("budgets.add")}
            </Button>
          )
        }
      >
        <QueryState query={query} rows={1}>
          {rows.length === 0 && <p className="px-4 pb-4 text-fg-muted">{t("budgets.empty")}</p>}
          <ul className="flex flex-col">
            {rows.map((row) => (
              <BudgetRow key={row.id} row={row} />
            ))}
          </ul>
        </QueryState>
      </Card>
      {adding && <BudgetDialog budget={null} onClose={() => setAdding(false)} />}
    </>
  );
}

function BudgetRow({ row }: { readonly row: Budget }) {
  const nameOf = useWorkflowNames();
  const scope = row.workflow === null ? t(`budgets.scope.${row.scope}`) : nameOf(row.workflow);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3">
      <div className="min-w-48 flex-1">
        <p
          className={cx("font-semibold wrap-anywhere", !row.is_on && "text-fg-subtle line-through")}
        >
          {row.name}
        </p>
        <p className="text-xs text-fg-muted">
          {row.scope === "run" ? scope : t("budgets.about", { scope, period: periodOf(row) })}
        </p>
      </div>
      <span className="sm:order-last">
        <RowCommands
          name={row.name}
          path={`llm/budgets/${row.id}/`}
          deleteText={t("budgets.deleteText")}
          dialog={(onClose) => <BudgetDialog budget={row} onClose={onClose} />}
        />
      </span>
      {row.scope === "run" ? (
        <p className="tabular-nums">{formatMoney(row.limit_micro)}</p>
      ) : (
        <Meter row={row} />
      )}
    </li>
  );
}

function periodOf({ period }: Budget): string {
  return t(`budgets.period.${period}`);
}

function Meter({ row }: { readonly row: Budget }) {
  const share = row.limit_micro === 0 ? 1 : row.spent_micro / row.limit_micro;
  const tone = share >= 1 ? "fill-error" : share >= ALERT ? "fill-warn" : "fill-accent";
  const text = t("budgets.spent", {
    spent: formatMoney(row.spent_micro),
    limit: formatMoney(row.limit_micro),
    share: formatPercent(share),
  });
  return (
    <div className="flex w-72 flex-col gap-1 max-sm:w-full">
      <svg
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        aria-hidden="true"
        className="h-1.5 w-full overflow-hidden rounded-full"
      >
        <rect width="100" height="4" className="fill-hover" />
        <rect width={Math.min(100, share * 100)} height="4" className={tone} />
      </svg>
      <p className={cx("text-xs tabular-nums", share >= 1 ? "text-error" : "text-fg-muted")}>
        {text}
      </p>
    </div>
  );
}
