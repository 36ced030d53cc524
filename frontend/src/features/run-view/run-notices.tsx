// What floats over the canvas of a run: that an earlier state is shown, and what a person must decide.

import { History } from "lucide-react";
import { OutcomeBanner, type ReplayControl, unknownSteps, useLatestRun } from "@/features/runs";
import { formatDuration } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Chip } from "@/ui/chip";

const SHOWN_AT_MOST = 2;

type Props = {
  readonly replay: ReplayControl;
  readonly nodeName: (id: string) => string;
  readonly onShow: (id: string) => void;
};

export function RunNotices({ replay, nodeName, onShow }: Props) {
  const run = useLatestRun();
  const { isAtEnd, events, count, timeline } = replay;
  if (!isAtEnd) {
    const atMs = (events[count - 1]?.at_ms ?? timeline.startMs) - timeline.startMs;
    return (
      <Chip tone="accent" icon={History}>
        {t("runs.replay.stateAt", { at: formatDuration(atMs) })}
      </Chip>
    );
  }
  if (!run) return null;
  return unknownSteps(run)
    .slice(0, SHOWN_AT_MOST)
    .map((step) => (
      <div
        key={`${step.node} ${step.run}`}
        className="max-w-96 rounded-panel border border-line bg-surface shadow-panel"
      >
        <OutcomeBanner
          step={step}
          nodeName={nodeName(step.node)}
          onShow={() => onShow(step.node)}
        />
      </div>
    ));
}
