// What one node put out in both runs, beside each other, with what differs.

import "@/lib/messages/compared";
import "@/lib/messages/inspector";
import { useQueries } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { messageOf } from "@/api/problem";
import { stepItemsQuery } from "@/api/queries";
import type { ComparedSide, ComparedStep, ExecutionRow } from "@/api/types";
import { turnLabel } from "@/features/runs";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";
import { Checkbox } from "@/ui/checkbox";
import { IconButton } from "@/ui/icon-button";
import { SelectInput } from "@/ui/select";
import { SkeletonRows } from "@/ui/skeleton";
import { DiffLines } from "./diff-lines";
import { diffRows, shownItem } from "./model/json-diff";

const ITEMS = 100;

type Props = {
  readonly executions: readonly [left: ExecutionRow, right: ExecutionRow];
  /** Every turn of the node; at least one. */
  readonly steps: readonly [ComparedStep, ...ComparedStep[]];
  readonly onClose: () => void;
};

/** Give it the node as its key: turn and port are those of one node. */
export function ComparedOutput({ executions, steps, onClose }: Props) {
  const first = steps.find(({ state }) => state !== "same") ?? steps[0];
  const [run, setRun] = useState(first.run);
  const [wanted, setPort] = useState("");
  const [showsAll, setShowsAll] = useState(false);
  const step = steps.find((one) => one.run === run) ?? first;
  const ports = portsOf(step);
  const port = ports.includes(wanted) ? wanted : (ports[0] ?? "");
  return (
    <Card
      title={t("compared.output", { name: step.name })}
      aside={<IconButton icon={X} label={t("compared.close")} onClick={onClose} />}
      className="overflow-hidden"
    >
      <div className="flex flex-wrap items-center gap-3 px-4 pb-2">
        {steps.length > 1 && (
          <SelectInput
            aria-label={t("compared.turn")}
            value={run}
            options={steps.map((one) => ({
              value: one.run,
              label: t("inspector.turn.label", { turn: turnLabel(one.run) }),
            }))}
            onChange={setRun}
            className="w-36"
          />
        )}
        {ports.length > 1 && (
          <SelectInput
            aria-label={t("compared.port")}
            value={port}
            options={ports.map((value) => ({ value, label: value }))}
            onChange={setPort}
            className="w-36"
          />
        )}
        {port !== "" && (
          <Checkbox label={t("compared.showAll")} checked={showsAll} onChange={setShowsAll} />
        )}
      </div>
      {port === "" ? (
        <p className="px-4 pb-4 text-fg-muted">{t("compared.nothing")}</p>
      ) : (
        <Outputs executions={executions} step={step} port={port} showsAll={showsAll} />
      )}
    </Card>
  );
}

function portsOf({ left, right }: ComparedStep): readonly string[] {
  return [...new Set([left, right].flatMap((side) => Object.keys(side?.outputs ?? {})))];
}

type OutputsProps = {
  readonly executions: Props["executions"];
  readonly step: ComparedStep;
  readonly port: string;
  readonly showsAll: boolean;
};

function Outputs({ executions, step, port, showsAll }: OutputsProps) {
  const sides = [step.left, step.right] as const;
  const asked = useQueries({
    queries: executions.map(({ id: execution }, index) => ({
      ...stepItemsQuery({
        execution,
        node: step.node,
        run: step.run,
        side: "output",
        port,
        offset: 0,
        limit: ITEMS,
      }),
      enabled: hasOutput(sides[index], port),
    })),
  });
  if (asked.some(({ isLoading }) => isLoading)) return <SkeletonRows />;
  const error = asked.find((one) => one.error)?.error;
  if (error) return <p className="px-4 pb-4 text-error">{messageOf(error)}</p>;
  const [left, right] = asked.map(({ data }) => data?.items.map(shownItem));
  const isCut = sides.some((side) => (side?.outputs[port]?.items ?? 0) > ITEMS);
  return (
    <>
      {isCut && (
        <p className="px-4 pb-2 text-xs text-fg-muted">
          {t("compared.firstItems", { count: ITEMS })}
        </p>
      )}
      <DiffLines
        rows={diffRows(left, right)}
        titles={[`#${executions[0].number}`, `#${executions[1].number}`]}
        showsAll={showsAll}
      />
    </>
  );
}

const hasOutput = (side: ComparedSide | null | undefined, port: string): boolean =>
  side?.outputs[port] !== undefined;
