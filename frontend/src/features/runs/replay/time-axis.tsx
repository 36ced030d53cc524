// The axis above a chart of time: round marks, and breaks where a silence is drawn short.

import "@/lib/messages/replays";
import "./replay.css";
import { formatDuration } from "@/lib/format";
import { t } from "@/lib/i18n";
import { type Timeline, ticksOf } from "../model/timeline";

const TICKS = 6;

/** Fills the nearest positioned element. */
export function TimeAxis({ timeline }: { readonly timeline: Timeline }) {
  return (
    <>
      {ticksOf(timeline, TICKS).map((tick) => (
        <span
          key={tick.at}
          aria-hidden
          className="absolute top-1.5 border-s border-line ps-1 text-2xs whitespace-nowrap text-fg-subtle tabular-nums"
          style={{ insetInlineStart: `${(tick.at / timeline.length) * 100}%` }}
        >
          {formatDuration(tick.realMs)}
        </span>
      ))}
      {timeline.breaks.map((gap) => (
        <span
          key={gap.at}
          aria-hidden
          title={t("runs.replay.silence", { duration: formatDuration(gap.realMs) })}
          className="replay-break absolute inset-y-0 overflow-hidden text-center text-2xs whitespace-nowrap"
          style={{
            insetInlineStart: `${(gap.at / timeline.length) * 100}%`,
            inlineSize: `${(gap.length / timeline.length) * 100}%`,
          }}
        >
          {`⋯ ${formatDuration(gap.realMs)} ⋯`}
        </span>
      ))}
    </>
  );
}
