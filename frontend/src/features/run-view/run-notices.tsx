// What floats over the canvas of a run: that an earlier state is shown, and what a person must decide.

import "@/lib/messages/replays";
import "@/lib/messages/runs";
import { Link } from "@tanstack/react-router";
import { BellOff, History, Inbox } from "lucide-react";
import type { Execution } from "@/api/types";
import {
  OutcomeBanner,
  type ReplayControl,
  type Run,
  unknownSteps,
  useLatestRun,
} from "@/features/runs";
import { formatDuration } from "@/lib/format";
import { t } from "@/lib/i18n";
import { buttonClass } from "@/ui/button";
import { Chip } from "@/ui/chip";
import { Icon } from "@/ui/icon";

const SHOWN_AT_MOST = 2;

type Props = {
  readonly execution: Pick<Execution, "notice">;
  readonly replay: ReplayControl;
  readonly nodeName: (id: string) => string;
  readonly onShow: (id: string) => void;
};

export function RunNotices({ execution, replay, nodeName, onShow }: Props) {
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
  return (
    <>
      {asksPerson(run) && (
        <Link to="/inbox" className={buttonClass("primary", "small")}>
          <Icon icon={Inbox} size={14} />
          {t("runs.openInbox")}
        </Link>
      )}
      {execution.notice && (
        <Chip tone="warn" icon={BellOff}>
          {execution.notice.message}
        </Chip>
      )}
      <Unknowns run={run} nodeName={nodeName} onShow={onShow} />
    </>
  );
}

const asksPerson = (run: Run): boolean =>
  Object.values(run.steps).some((steps) =>
    steps.some(({ status, waiting }) => status === "waiting" && waiting?.for === "approval"),
  );

type UnknownProps = Pick<Props, "nodeName" | "onShow"> & { readonly run: Run };

function Unknowns({ run, nodeName, onShow }: UnknownProps) {
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
