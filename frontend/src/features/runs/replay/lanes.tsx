// The run as a chart of time: one lane per node, work solid, waits hatched, what is still to come pale.

import "@/lib/messages/replays";
import { memo, useMemo } from "react";
import { cx } from "@/lib/cx";
import { formatDuration } from "@/lib/format";
import { t } from "@/lib/i18n";
import { statusLook } from "@/lib/status";
import { drawnBars, type Lane, type Timeline, workMsOf } from "../model/timeline";
import { Scrubber } from "./scrubber";
import { FILLS, TimeBar } from "./time-bar";
import type { ReplayControl } from "./use-replay";

type Props = {
  readonly replay: ReplayControl;
  /** All nodes of the workflow in reading order; those that ran get a lane. */
  readonly order: readonly string[];
  readonly nodeName: (id: string) => string;
  readonly onSelectNode: (id: string) => void;
};

export function Lanes({ replay, order, nodeName, onSelectNode }: Props) {
  const { timeline, at } = replay;
  const lanes = useMemo(() => inOrder(timeline.lanes, order), [timeline, order]);
  const future = `${(at / timeline.length) * 100}%`;
  return (
    <div className="replay-lanes max-h-[34dvh] overflow-y-auto border-t border-line pb-1.5">
      <div className="grid grid-cols-[10rem_minmax(0,1fr)] max-sm:grid-cols-[6rem_minmax(0,1fr)]">
        <span className="sticky top-0 z-10 border-e border-line bg-surface" />
        <div className="sticky top-0 z-10 bg-surface px-3">
          <Scrubber replay={replay} nodeName={nodeName} />
        </div>
        <ul aria-label={t("runs.replay.lanes")} className="contents">
          {lanes.map((lane) => (
            <LaneRow
              key={lane.node}
              lane={lane}
              timeline={timeline}
              name={nodeName(lane.node)}
              onSelectNode={onSelectNode}
            />
          ))}
        </ul>
      </div>
      <div
        aria-hidden
        className="pointer-events-none absolute inset-y-0 start-40 end-0 px-3 max-sm:start-24"
      >
        <div className="relative h-full">
          <span className="replay-future" style={{ insetInlineStart: future }} />
          <span className="replay-cursor" style={{ insetInlineStart: future }} />
        </div>
      </div>
    </div>
  );
}

function inOrder(lanes: readonly Lane[], order: readonly string[]): readonly Lane[] {
  const rank = new Map(order.map((node, index) => [node, index]));
  return lanes.toSorted((a, b) => (rank.get(a.node) ?? 1e9) - (rank.get(b.node) ?? 1e9));
}

type RowProps = {
  readonly lane: Lane;
  readonly timeline: Timeline;
  readonly name: string;
  readonly onSelectNode: (id: string) => void;
};

const LaneRow = memo(function LaneRow({ lane, timeline, name, onSelectNode }: RowProps) {
  const bars = useMemo(() => drawnBars(lane, timeline), [lane, timeline]);
  const last = lane.bars.at(-1);
  const { label, tone } = statusLook(last?.status ?? "queued");
  return (
    <li className="contents">
      <button
        type="button"
        onClick={() => onSelectNode(lane.node)}
        aria-label={t("runs.replay.lane", {
          name,
          status: label,
          duration: formatDuration(workMsOf(lane)),
        })}
        className="flex min-h-6 items-center gap-2 truncate border-e border-line px-3 text-start text-xs text-fg-muted hover:bg-hover hover:text-fg focus-visible:-outline-offset-2"
      >
        <span aria-hidden className={cx("size-1.5 shrink-0 rounded-full", FILLS[tone])} />
        <span className="truncate">{name}</span>
      </button>
      <div aria-hidden className="px-3">
        <div className="relative h-6">
          {bars.map((bar) => (
            <TimeBar key={`${bar.run} ${bar.fromMs} ${bar.kind}`} bar={bar} className="top-2 h-2" />
          ))}
        </div>
      </div>
    </li>
  );
});
