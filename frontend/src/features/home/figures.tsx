// The four figures at the top of the home page.

import type { ReactNode } from "react";
import { formatDuration, formatNumber, formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import type { Summary } from "./model/summary";

const NOTHING = "–";

type Props = {
  readonly summary: Summary;
  /** There were more runs than were counted. */
  readonly isCapped: boolean;
  readonly activeWorkflows: string;
};

export function Figures({ summary, isCapped, activeWorkflows }: Props) {
  const { runs, failureShare, medianMs } = summary;
  return (
    <dl className="grid grid-cols-4 gap-3 max-lg:grid-cols-2">
      <Figure label={t("home.runs")} note={t("home.lastDay")}>
        {formatNumber(runs)}
        {isCapped && "+"}
      </Figure>
      <Figure label={t("home.failureRate")} note={t("home.lastDay")}>
        {failureShare === null ? NOTHING : formatPercent(failureShare)}
      </Figure>
      <Figure label={t("home.medianDuration")} note={t("home.lastDay")}>
        {medianMs === null ? NOTHING : formatDuration(medianMs)}
      </Figure>
      <Figure label={t("home.activeWorkflows")} note={t("home.now")}>
        {activeWorkflows}
      </Figure>
    </dl>
  );
}

type FigureProps = {
  readonly label: string;
  readonly note: string;
  readonly children: ReactNode;
};

function Figure({ label, note, children }: FigureProps) {
  return (
    <div className="flex flex-col gap-1 rounded-panel border border-line bg-surface p-4">
      <dt className="text-xs font-medium text-fg-muted">{label}</dt>
      <dd className="text-2xl font-semibold">{children}</dd>
      <dd className="text-xs text-fg-subtle">{note}</dd>
    </div>
  );
}
