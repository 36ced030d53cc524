// The handle of the replay: a slider over the events of the run, by pointer and by keys.

import "@/lib/messages/replays";
import type { KeyboardEvent, PointerEvent } from "react";
import { cx } from "@/lib/cx";
import { formatDuration } from "@/lib/format";
import { t } from "@/lib/i18n";
import { logLine } from "../model/log-line";
import { TimeAxis } from "./time-axis";
import type { ReplayControl } from "./use-replay";

const PAGE_EVENTS = 10;

type Props = {
  readonly replay: ReplayControl;
  readonly nodeName: (id: string) => string;
  readonly className?: string;
};

export function Scrubber({ replay, nodeName, className }: Props) {
  const { timeline, at, count, events } = replay;
  const scrub = (event: PointerEvent<HTMLElement>) => {
    if (event.buttons !== 1) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / Math.max(1, width)));
    replay.moveTo(share * timeline.length);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t("runs.replay.position")}
      aria-valuemin={0}
      aria-valuemax={events.length}
      aria-valuenow={count}
      aria-valuetext={spoken(replay, nodeName)}
      onPointerDown={scrub}
      onPointerMove={scrub}
      onKeyDown={(event) => press(event, replay)}
      className={cx(
        "replay-scrubber relative h-7 touch-none select-none focus-visible:-outline-offset-2",
        className,
      )}
    >
      <TimeAxis timeline={timeline} />
      <span
        aria-hidden
        className="replay-thumb"
        style={{ insetInlineStart: `${(at / timeline.length) * 100}%` }}
      />
    </div>
  );
}

/** By how many events a key moves. */
const MOVES: ReadonlyMap<string, number> = new Map([
  ["ArrowLeft", -1],
  ["ArrowDown", -1],
  ["ArrowRight", 1],
  ["ArrowUp", 1],
  ["PageDown", -PAGE_EVENTS],
  ["PageUp", PAGE_EVENTS],
  ["Home", Number.NEGATIVE_INFINITY],
  ["End", Number.POSITIVE_INFINITY],
]);

function press(event: KeyboardEvent, replay: ReplayControl): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const events = MOVES.get(event.key);
  if (events !== undefined) replay.step(events);
  else if (event.key === " ") replay.togglePlay();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** "Event 12 of 40, 3.2 s: Edit Fields, completed". */
function spoken(replay: ReplayControl, nodeName: Props["nodeName"]): string {
  const { count, events, timeline } = replay;
  const event = events[count - 1];
  const line = event && logLine(event);
  if (!event || !line) return t("runs.replay.beginning");
  return t("runs.replay.spoken", {
    count,
    all: events.length,
    at: formatDuration(event.at_ms - timeline.startMs),
    node: event.node === undefined ? t("runs.replay.run") : nodeName(event.node),
    what: line.title,
  });
}
