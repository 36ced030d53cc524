// The replay under the canvas of a run: play, step, jump to what failed, lanes of time.

import "@/lib/messages/replays";
import "@/lib/messages/runs";
import {
  ChartNoAxesGantt,
  ChevronsRight,
  CircleX,
  Pause,
  Play,
  SkipBack,
  SkipForward,
} from "lucide-react";
import { useState } from "react";
import { useActions } from "@/lib/actions";
import { formatDuration } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { Segmented } from "@/ui/segmented";
import { Lanes } from "./lanes";
import "./replay.css";
import { Scrubber } from "./scrubber";
import { type ReplayControl, SPEEDS } from "./use-replay";

type Props = {
  readonly replay: ReplayControl;
  readonly order: readonly string[];
  readonly nodeName: (id: string) => string;
  readonly onSelectNode: (id: string) => void;
  /** Something else needs the height: only the slider stays. */
  readonly tight: boolean;
};

export function ReplayBar({ replay, order, nodeName, onSelectNode, tight }: Props) {
  const [opened, setOpened] = useState(true);
  const showsLanes = opened && !tight;
  useReplayActions(replay);
  if (replay.events.length === 0) return null;
  return (
    <section
      aria-label={t("runs.replay")}
      className="relative shrink-0 border-t border-line bg-surface"
    >
      <div className="flex min-h-11 items-center gap-1.5 px-2 max-sm:flex-wrap">
        <Transport replay={replay} />
        {!showsLanes && (
          <Scrubber
            replay={replay}
            nodeName={nodeName}
            className="mx-2 min-w-32 flex-1 max-sm:order-last max-sm:basis-full"
          />
        )}
        <span className={showsLanes ? "flex-1" : "sm:hidden"} />
        <FailureButton replay={replay} />
        {!replay.isAtEnd && (
          <IconButton icon={ChevronsRight} label={t("runs.replay.toEnd")} onClick={replay.toEnd} />
        )}
        {!tight && (
          <IconButton
            icon={ChartNoAxesGantt}
            label={t("runs.replay.toggleLanes")}
            pressed={opened}
            onClick={() => setOpened(!opened)}
          />
        )}
      </div>
      {showsLanes && (
        <div className="relative">
          <Lanes replay={replay} order={order} nodeName={nodeName} onSelectNode={onSelectNode} />
        </div>
      )}
    </section>
  );
}

function Transport({ replay }: { readonly replay: ReplayControl }) {
  const { isPlaying, speed, timeline, events, count } = replay;
  const shown = events[count - 1];
  const elapsedMs = shown ? shown.at_ms - timeline.startMs : 0;
  return (
    <>
      <IconButton
        icon={SkipBack}
        label={t("runs.replay.previous")}
        keys=","
        disabled={count === 0}
        onClick={() => replay.step(-1)}
      />
      <IconButton
        icon={isPlaying ? Pause : Play}
        label={isPlaying ? t("runs.replay.pause") : t("runs.replay.play")}
        onClick={replay.togglePlay}
      />
      <IconButton
        icon={SkipForward}
        label={t("runs.replay.next")}
        keys="."
        disabled={replay.isAtEnd}
        onClick={() => replay.step(1)}
      />
      <span className="px-1.5 text-xs whitespace-nowrap text-fg-muted tabular-nums">
        <strong className="font-semibold text-fg">{formatDuration(elapsedMs)}</strong>
        <span className="max-sm:hidden">
          {` / ${formatDuration(timeline.endMs - timeline.startMs)}`}
        </span>
      </span>
      <Segmented
        label={t("runs.replay.speed")}
        size="small"
        value={String(speed)}
        segments={SPEEDS.map((value) => ({ value: String(value), label: `${value}×` }))}
        onChange={(value) =>
          replay.setSpeed(SPEEDS.find((one) => String(one) === value) ?? SPEEDS[0])
        }
        className="max-sm:hidden"
      />
    </>
  );
}

function FailureButton({ replay }: { readonly replay: ReplayControl }) {
  if (replay.failures.length === 0) return null;
  return (
    <Button
      size="small"
      variant="ghost"
      icon={CircleX}
      onClick={replay.toNextFailure}
      aria-keyshortcuts="Shift+F"
    >
      <span className="text-error max-sm:sr-only">{t("runs.replay.toFailure")}</span>
      {replay.failures.length > 1 && ` (${replay.failures.length})`}
    </Button>
  );
}

/** The next slower or faster speed, if there is one. */
const speedBeside = ({ speed }: ReplayControl, by: -1 | 1) => SPEEDS[SPEEDS.indexOf(speed) + by];

/** The same by keys and by the command palette. */
function useReplayActions(replay: ReplayControl): void {
  const base = { group: t("runs.replay"), scope: "page" } as const;
  useActions([
    {
      ...base,
      id: "replay.previous",
      label: t("runs.replay.previous"),
      icon: SkipBack,
      keys: [","],
      when: () => replay.count > 0,
      run: () => replay.step(-1),
    },
    {
      ...base,
      id: "replay.next",
      label: t("runs.replay.next"),
      icon: SkipForward,
      keys: ["."],
      when: () => !replay.isAtEnd,
      run: () => replay.step(1),
    },
    {
      ...base,
      id: "replay.play",
      label: t("runs.replay.play"),
      icon: Play,
      keys: ["shift+space"],
      run: replay.togglePlay,
    },
    {
      ...base,
      id: "replay.slower",
      label: t("runs.replay.slower"),
      keys: ["["],
      when: () => speedBeside(replay, -1) !== undefined,
      run: () => replay.setSpeed(speedBeside(replay, -1) ?? replay.speed),
    },
    {
      ...base,
      id: "replay.faster",
      label: t("runs.replay.faster"),
      keys: ["]"],
      when: () => speedBeside(replay, 1) !== undefined,
      run: () => replay.setSpeed(speedBeside(replay, 1) ?? replay.speed),
    },
    {
      ...base,
      id: "replay.failure",
      label: t("runs.replay.toFailure"),
      icon: CircleX,
      keys: ["shift+f"],
      when: () => replay.failures.length > 0,
      run: replay.toNextFailure,
    },
  ]);
}
