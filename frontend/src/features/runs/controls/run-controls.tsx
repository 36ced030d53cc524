// The buttons of a run: pause and resume, stop, retry. Only those that apply now are there.

import { Pause, Play, RotateCw, Square } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth";
import { useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { isUnfinished } from "@/lib/status";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/dialog";
import { useLatestRun } from "../hooks";
import { canRetry, writesInFlight } from "../model/controls";
import { useRunCommands } from "./use-run-commands";

type Props = { readonly executionId: string };

export function RunControls({ executionId }: Props) {
  const run = useLatestRun();
  const { send, pending } = useRunCommands(executionId);
  const [asksStop, setAsksStop] = useState(false);
  const mayPause = useCan("execution.pause");
  const mayStop = useCan("execution.cancel");
  const mayRetry = useCan("execution.retry");
  const isOpen = run !== null && isUnfinished(run.status);
  const pausable = isOpen && mayPause;
  const stoppable = isOpen && mayStop;
  const retryable = run !== null && canRetry(run.status) && mayRetry;
  const isPaused = run?.status === "paused";
  const stop = () => {
    if (run && writesInFlight(run) > 0) setAsksStop(true);
    else send("cancel");
  };
  const base = { group: t("runs.group"), scope: "page" } as const;
  useActions([
    {
      ...base,
      id: "runs.pause",
      label: isPaused ? t("runs.resume") : t("runs.pause"),
      icon: isPaused ? Play : Pause,
      keys: ["mod+shift+,"],
      when: () => pausable,
      run: () => send(isPaused ? "resume" : "pause"),
    },
    {
      ...base,
      id: "runs.stop",
      label: t("runs.stop"),
      icon: Square,
      keys: ["mod+shift+."],
      when: () => stoppable,
      run: stop,
    },
    {
      ...base,
      id: "runs.retry",
      label: t("runs.retry"),
      icon: RotateCw,
      when: () => retryable,
      run: () => send("retry"),
    },
  ]);
  if (!run) return null;
  return (
    <>
      {pausable && (
        <Button
          icon={isPaused ? Play : Pause}
          busy={pending === "pause" || pending === "resume"}
          onClick={() => send(isPaused ? "resume" : "pause")}
        >
          {isPaused ? t("runs.resume") : t("runs.pause")}
        </Button>
      )}
      {stoppable && (
        <Button icon={Square} busy={pending === "cancel"} onClick={stop}>
          {t("runs.stop")}
        </Button>
      )}
      {retryable && (
        <Button
          variant="primary"
          icon={RotateCw}
          busy={pending === "retry"}
          onClick={() => send("retry")}
        >
          {t("runs.retry")}
        </Button>
      )}
      <ConfirmDialog
        open={asksStop}
        onOpenChange={setAsksStop}
        title={t("runs.stopTitle")}
        description={t("runs.stopText", { count: writesInFlight(run) })}
        confirmLabel={t("runs.stop")}
        danger
        onConfirm={() => {
          setAsksStop(false);
          send("cancel");
        }}
      />
    </>
  );
}
