// Both runs on one axis of time: a lane per node, the right run as thin bars below the left one.

import "@/lib/messages/compared";
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { messageOf } from "@/api/problem";
import { executionEventsQuery } from "@/api/queries";
import type { Execution, RunCost } from "@/api/types";
import {
  drawnBars,
  type Lane,
  TimeAxis,
  TimeBar,
  type Timeline,
  timelinesTogether,
} from "@/features/runs";
import { cx } from "@/lib/cx";
import { formatDuration } from "@/lib/format";
import { t } from "@/lib/i18n";
import { formatMoney } from "@/lib/money";
import { SkeletonRows } from "@/ui/skeleton";
import { Delta } from "./delta";
import type { Difference } from "./model/differences";
import { type ComparedLane, lanesOfBoth } from "./model/lanes";
import { DOTS } from "./model/tones";

type Props = {
  readonly executions: readonly [left: Execution, right: Execution];
  /** Of the nodes that ran in either, in order, with what differs. */
  readonly names: ReadonlyMap<string, string>;
  readonly marks: ReadonlyMap<string, Difference>;
  readonly costs: readonly [left: RunCost, right: RunCost];
  readonly chosen: string | undefined;
  readonly onChoose: (node: string) => void;
};

export function ComparedLanes(props: Props) {
  const { executions, names } = props;
  const [left, right] = useQueries({
    queries: executions.map(({ id, last_seq }) => executionEventsQuery(id, last_seq)),
  });
  const timelines = useMemo(
    () => (left?.data && right?.data ? timelinesTogether([left.data, right.data]) : null),
    [left?.data, right?.data],
  );
  const error = left?.error ?? right?.error;
  if (error) return <p className="px-4 pb-4 text-error">{messageOf(error)}</p>;
  const [one, other] = timelines ?? [];
  if (!one || !other) return <SkeletonRows />;
  return (
    <div className="overflow-x-hidden pb-2">
      <div className="grid grid-cols-[11rem_minmax(0,1fr)_9rem] max-sm:grid-cols-[6rem_minmax(0,1fr)_5rem]">
        <span />
        <div className="relative h-7">
          <TimeAxis timeline={one} />
        </div>
        <span />
        <ul aria-label={t("compared.time")} className="contents">
          {lanesOfBoth(one, other, [...names.keys()]).map((lane) => (
            <LaneRow key={lane.node} {...props} lane={lane} timelines={[one, other]} />
          ))}
        </ul>
      </div>
    </div>
  );
}

type RowProps = Props & {
  readonly lane: ComparedLane;
  readonly timelines: readonly [Timeline, Timeline];
};

function LaneRow({ lane, timelines, executions, names, marks, costs, chosen, onChoose }: RowProps) {
  const { node, left, right, leftMs, rightMs } = lane;
  const name = names.get(node) ?? node;
  const isChosen = node === chosen;
  const spent = costs.map(({ nodes }) => nodes[node] ?? 0) as [number, number];
  return (
    <li className="contents">
      <button
        type="button"
        aria-pressed={isChosen}
        aria-label={t("compared.lane", {
          name,
          left: spokenTime(leftMs),
          right: spokenTime(rightMs),
          leftNumber: executions[0].number,
          rightNumber: executions[1].number,
        })}
        onClick={() => onChoose(node)}
        className={cx(
          "flex min-h-8 items-center gap-2 truncate px-4 text-start text-xs hover:bg-hover hover:text-fg focus-visible:-outline-offset-2 max-sm:px-2",
          isChosen ? "bg-accent-soft font-medium text-fg" : "text-fg-muted",
        )}
      >
        <span
          aria-hidden
          className={cx("size-1.5 shrink-0 rounded-full", DOTS[marks.get(node) ?? "same"])}
        />
        <span className="truncate">{name}</span>
      </button>
      <div aria-hidden className="relative min-h-8">
        <Bars lane={left} timeline={timelines[0]} className="top-2 h-2" />
        <Bars lane={right} timeline={timelines[1]} className="top-5 h-1" />
      </div>
      <div className="flex flex-wrap items-center justify-end gap-x-2 px-4 text-end text-xs text-fg-muted tabular-nums max-sm:px-2">
        <Delta left={leftMs} right={rightMs} format={formatDuration} />
        <Delta left={spent[0]} right={spent[1]} format={formatMoney} />
      </div>
    </li>
  );
}

const spokenTime = (ms: number | null): string =>
  ms === null ? t("compared.noTime") : formatDuration(ms);

type BarsProps = {
  readonly lane: Lane | undefined;
  readonly timeline: Timeline;
  readonly className: string;
};

function Bars({ lane, timeline, className }: BarsProps) {
  const bars = useMemo(() => (lane ? drawnBars(lane, timeline) : []), [lane, timeline]);
  return bars.map((bar) => (
    <TimeBar key={`${bar.run} ${bar.fromMs} ${bar.kind}`} bar={bar} className={className} />
  ));
}
