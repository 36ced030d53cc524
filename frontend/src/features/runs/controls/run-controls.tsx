// The buttons of a run: pause and resume, stop, retry. Only those that apply now are there.

import "@/lib/messages/runs";
import { type LucideIcon, Pause, Play, RotateCw, Square } from "lucide-react";
import { useState } from "react";
import { type Action, useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/dialog";
import { Tooltip } from "@/ui/tooltip";
import { useLatestRun } from "../hooks";
import { stepsAtWork } from "../model/controls";
import { type Offered, useOffered } from "./use-offered";
import { type RunCommand, useRunCommands } from "./use-run-commands";

type Control = {
  readonly id: Exclude<keyof Offered, "retryIsFinal">;
  readonly command: RunCommand;
  readonly icon: LucideIcon;
  readonly key?: string;
};

const CONTROLS: readonly Control[] = [
  { id: "pause", command: "pause", icon: Pause, key: "mod+shift+," },
  { id: "resume", command: "resume", icon: Play, key: "mod+shift+," },
  { id: "stop", command: "cancel", icon: Square, key: "mod+shift+." },
  { id: "retry", command: "retry", icon: RotateCw },
];

type Props = { readonly executionId: string };

export function RunControls({ executionId }: Props) {
  const run = useLatestRun();
  const offered = useOffered();
  const { send, pending } = useRunCommands(executionId);
  const [asksStop, setAsksStop] = useState(false);
  const atWork = run ? stepsAtWork(run) : 0;
  const press = (command: RunCommand) => {
    if (command === "cancel" && atWork > 0) setAsksStop(true);
    else send(command);
  };
  useActions(
    CONTROLS.map(
      ({ id, command, icon, key }): Action => ({
        id: `runs.${id}`,
        label: t(`runs.${id}`),
        group: t("runs.group"),
        scope: "page",
        icon,
        ...(key ? { keys: [key] } : {}),
        when: () => offered[id] && !(id === "retry" && offered.retryIsFinal),
        run: () => press(command),
      }),
    ),
  );
  return (
    <>
      {CONTROLS.filter(({ id }) => offered[id]).map(({ id, command, icon }) =>
        id === "retry" && offered.retryIsFinal ? (
          <FinalRetry key={id} reason={t(`runs.retry.${offered.retryIsFinal}`)} />
        ) : (
          <Button
            key={id}
            icon={icon}
            variant={id === "retry" ? "primary" : "secondary"}
            busy={pending === command}
            onClick={() => press(command)}
          >
            {t(`runs.${id}`)}
          </Button>
        ),
      )}
      <ConfirmDialog
        open={asksStop}
        onOpenChange={setAsksStop}
        title={t("runs.stopTitle")}
        description={t("runs.stopText", { count: atWork })}
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

/** A retry that would only fail again. It takes the focus, so that everybody can learn why. */
function FinalRetry({ reason }: { readonly reason: string }) {
  return (
    <Tooltip text={reason}>
      <Button icon={RotateCw} aria-disabled aria-description={reason}>
        {t("runs.retry")}
      </Button>
    </Tooltip>
  );
}
