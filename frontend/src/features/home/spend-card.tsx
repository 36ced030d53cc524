// What language models cost in the chosen period, and which of them. Nothing is shown where none was asked.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { spendingQuery } from "@/api/model-queries";
import type { Period } from "@/api/types";
import { useCan } from "@/features/auth";
import { t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { Card } from "@/ui/card";

const SHOWN = 4;
const DAYS: Readonly<Record<Period, number>> = { "24h": 1, "7d": 7, "30d": 30 };

export function SpendCard({ period }: { readonly period: Period }) {
  const maySee = useCan("llm.view");
  const query = useQuery({ ...spendingQuery("model", DAYS[period]), enabled: maySee });
  const lines = query.data?.results ?? [];
  if (lines.length === 0) return null;
  const total = lines.reduce((sum, { cost_micro }) => sum + cost_micro, 0);
  return (
    <Card title={t("home.spend", { count: DAYS[period] })} aside={<AllModels />}>
      <div className="flex flex-wrap items-baseline gap-x-8 gap-y-2 px-4 pt-1 pb-4">
        <p className="text-2xl font-semibold tabular-nums">{formatMoney(total)}</p>
        <dl className="flex flex-wrap gap-x-6 gap-y-2">
          {lines.slice(0, SHOWN).map(({ key, cost_micro, calls }) => (
            <div key={key} className="min-w-0">
              <dt className="truncate text-xs text-fg-muted">{key}</dt>
              <dd className="tabular-nums">
                {formatMoney(cost_micro)}
                <span className="ms-1.5 text-xs text-fg-subtle">
                  {t("home.calls", { count: calls })}
                </span>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Card>
  );
}

function AllModels() {
  return (
    <Link to="/settings/models" className="rounded-small font-medium text-accent hover:underline">
      {t("home.models")}
    </Link>
  );
}
