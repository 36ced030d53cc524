// Two runs against each other: their facts, the canvas coloured by difference, both on one axis of time,
// the steps in a table, and what a chosen node put out.

import "@/lib/messages/compared";
import "@/lib/messages/replays";
import "@/lib/messages/inspector";
import "@/lib/messages/pages";
import "@/lib/messages/runs";
import { Link } from "@tanstack/react-router";
import { ArrowLeftRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { ComparedStep, Comparison, Execution, ExecutionRow, WorkflowNode } from "@/api/types";
import { formatDuration, formatMoment } from "@/lib/format";
import { t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { buttonClass } from "@/ui/button";
import { Card } from "@/ui/card";
import { Checkbox } from "@/ui/checkbox";
import { Icon } from "@/ui/icon";
import { StatusChip } from "@/ui/status-chip";
import { ComparedLanes } from "./compared-lanes";
import { DifferenceLegend, DifferenceList } from "./compared-nodes";
import { ComparedOutput } from "./compared-output";
import { ComparedSteps } from "./compared-steps";
import { Delta } from "./delta";
import { marksOf } from "./model/differences";
import { useCosts } from "./use-costs";
import "./compare.css";

type Props = {
  readonly comparison: Comparison;
  /** The document of the left run with a mark on every node. */
  readonly canvas: ReactNode;
  /** What stands on it, also what ran in neither. */
  readonly nodes: readonly WorkflowNode[];
  /** Both with their logs; null until they are there. */
  readonly executions: readonly [left: Execution, right: Execution] | null;
  /** The node whose outputs are shown. */
  readonly chosen: string | undefined;
  readonly onChoose: (node: string | undefined) => void;
};

export function CompareView({ comparison, canvas, nodes, executions, chosen, onChoose }: Props) {
  const [left, right] = comparison.executions;
  const changed = comparison.steps.filter(({ state }) => state !== "same");
  const marks = marksOf(comparison.steps, nodes);
  const names = namesOf(comparison.steps);
  const numbers = [left.number, right.number] as const;
  const toggle = (node: string) => onChoose(node === chosen ? undefined : node);
  const costs = useCosts([left.id, right.id]);
  const [first, ...more] = comparison.steps.filter(({ node }) => node === chosen);
  const [onlyChanged, setOnlyChanged] = useState(changed.length > 0);
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-[1fr_auto_1fr] items-center gap-3 max-sm:grid-cols-1">
        <RunCard row={left} costMicro={costs[0].cost_micro} />
        <Link
          to="/runs/compare/$left/$right"
          params={{ left: right.id, right: left.id }}
          aria-label={t("runs.compare.swap")}
          title={t("runs.compare.swap")}
          className={buttonClass("ghost")}
        >
          <Icon icon={ArrowLeftRight} />
        </Link>
        <RunCard row={right} costMicro={costs[1].cost_micro}>
          <Delta left={left.duration_ms} right={right.duration_ms} format={formatDuration} />
          <Delta left={costs[0].cost_micro} right={costs[1].cost_micro} format={formatMoney} />
        </RunCard>
      </div>
      <Card className="overflow-hidden">
        <DifferenceLegend marks={marks} numbers={numbers} />
        <div className="h-80 border-t border-line max-sm:hidden">{canvas}</div>
        <div className="border-t border-line sm:hidden">
          <DifferenceList
            marks={marks}
            numbers={numbers}
            names={names}
            nodes={nodes}
            chosen={chosen}
            onChoose={toggle}
          />
        </div>
      </Card>
      {executions && (
        <Card
          title={t("compared.time")}
          aside={
            <span className="text-xs text-fg-muted">
              {t("compared.legend", { left: left.number, right: right.number })}
            </span>
          }
          className="overflow-hidden"
        >
          <ComparedLanes
            executions={executions}
            names={names}
            marks={marks}
            costs={costs}
            chosen={chosen}
            onChoose={toggle}
          />
        </Card>
      )}
      {first && (
        <ComparedOutput
          key={first.node}
          executions={comparison.executions}
          steps={[first, ...more]}
          onClose={() => onChoose(undefined)}
        />
      )}
      <Card
        title={
          changed.length === 0
            ? t("runs.compare.allSame")
            : t("runs.compare.changed", { count: changed.length })
        }
        aside={
          <Checkbox
            label={t("runs.compare.onlyChanged")}
            checked={onlyChanged}
            onChange={setOnlyChanged}
          />
        }
        className="overflow-hidden"
      >
        <ComparedSteps
          left={left}
          right={right}
          steps={onlyChanged ? changed : comparison.steps}
          onChoose={onChoose}
        />
      </Card>
    </div>
  );
}

const namesOf = (steps: readonly ComparedStep[]): ReadonlyMap<string, string> =>
  new Map(steps.map(({ node, name }) => [node, name]));

type RunCardProps = {
  readonly row: ExecutionRow;
  readonly costMicro: number;
  /** By how much it differs from the other. */
  readonly children?: ReactNode;
};

function RunCard({ row, costMicro, children }: RunCardProps) {
  return (
    <Card className="flex flex-wrap items-center gap-x-3 gap-y-1 p-3">
      <Link
        to="/runs/$executionId"
        params={{ executionId: row.id }}
        className="rounded-small text-md font-semibold hover:text-accent"
      >
        {t("runs.run", { number: row.number })}
      </Link>
      <StatusChip status={row.status} />
      <span className="text-xs text-fg-muted">
        {[
          row.version.number === null
            ? t("runs.ofDraft")
            : t("runs.ofVersion", { number: row.version.number }),
          formatMoment(row.started_at ?? row.queued_at),
          row.duration_ms === null ? "" : formatDuration(row.duration_ms),
          costMicro > 0 ? formatMoney(costMicro) : "",
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
      {children && <span className="flex gap-2 text-xs font-medium tabular-nums">{children}</span>}
    </Card>
  );
}
