// One bar for each day. The figures stand in a table for those who do not see them.

import type { SpentLine } from "@/api/types";
import { t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";

const HEIGHT = 96;
const DAY_MS = 86_400_000;
const GAP = 0.25;
const LEAST = 1.5;

type Props = { readonly lines: readonly SpentLine[]; readonly days: number };

export function SpendingBars({ lines, days }: Props) {
  const costs = new Map(lines.map(({ key, cost_micro }) => [key, cost_micro]));
  const each = lastDays(days).map((day) => ({ day, cost: costs.get(day) ?? 0 }));
  const most = Math.max(1, ...each.map(({ cost }) => cost));
  return (
    <div className="px-4 pt-3 pb-4">
      <svg
        viewBox={`0 0 ${days} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t("spending.chart", { days })}
        className="h-24 w-full"
      >
        {each.map(({ day, cost }, index) => {
          const height = cost === 0 ? 0 : Math.max(LEAST, (cost / most) * HEIGHT);
          return (
            <rect
              key={day}
              x={index + GAP / 2}
              y={HEIGHT - height}
              width={1 - GAP}
              height={height}
              className="fill-accent"
            >
              <title>{t("spending.bar", { day, cost: formatMoney(cost) })}</title>
            </rect>
          );
        })}
        <rect y={HEIGHT - 0.5} width={days} height={0.5} className="fill-line-strong" />
      </svg>
      <p className="flex justify-between text-xs text-fg-subtle">
        <span>{each[0]?.day}</span>
        <span>{each.at(-1)?.day}</span>
      </p>
    </div>
  );
}

/** The last so many days in UTC, oldest first, as the server names them. */
function lastDays(count: number): readonly string[] {
  const today = Date.now();
  return Array.from({ length: count }, (_, index) =>
    new Date(today - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}
