// One schedule: its times, how it stands, who added it, and what may be done with it.

import { Link } from "@tanstack/react-router";
import {
  CalendarCheck,
  CalendarClock,
  CirclePause,
  type LucideIcon,
  Moon,
  Pause,
  PencilRuler,
  Play,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth";
import { formatDuration, formatMoment, formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import type { Tone } from "@/lib/status";
import { Chip } from "@/ui/chip";
import { ConfirmDialog } from "@/ui/dialog";
import { IconButton } from "@/ui/icon-button";
import { nodeById } from "../model/types";
import { inspect } from "../operations";
import { useDocument, useEditor } from "../store";
import type { Schedule } from "./queries";
import { useSchedule } from "./use-schedule";

const LOOKS: Readonly<Record<Schedule["status"], readonly [Tone, LucideIcon]>> = {
  waiting: ["success", CalendarClock],
  paused: ["warn", CirclePause],
  resting: ["neutral", Moon],
  done: ["neutral", CalendarCheck],
  draft: ["neutral", PencilRuler],
};

type Props = {
  readonly schedule: Schedule;
  /** Something else is shown. */
  readonly onLeave: () => void;
};

export function ScheduleCard({ schedule, onLeave }: Props) {
  const node = useDocument((document) => nodeById(document, schedule.node));
  const name = schedule.name || node?.name || t("schedules.lost");
  const [tone, icon] = LOOKS[schedule.status];
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 rounded-control border border-line p-3">
      <div className="flex min-w-0 flex-1 basis-56 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium wrap-anywhere">{name}</span>
          <Chip tone={tone} icon={icon}>
            {t(`schedules.status.${schedule.status}`)}
          </Chip>
        </p>
        <Times schedule={schedule} />
        <Origin schedule={schedule} node={node?.name ?? null} onLeave={onLeave} />
      </div>
      <Commands schedule={schedule} name={name} />
    </li>
  );
}

function Times({ schedule }: { readonly schedule: Schedule }) {
  const { cron, every_s, at, timezone, next_at, last_at, status } = schedule;
  return (
    <>
      <p className="text-fg-muted wrap-anywhere">
        {cron.map((expression) => (
          <code key={expression} className="me-2 rounded-small bg-sunken px-1 font-code text-xs">
            {expression}
          </code>
        ))}
        {every_s !== null && t("schedules.every", { span: formatDuration(every_s * 1_000) })}
        {at !== null && t("schedules.once", { when: formatMoment(at) })}
        {cron.length > 0 && timezone}
      </p>
      <p>
        {next_at !== null &&
          t("schedules.next", { when: formatMoment(next_at), relative: formatRelative(next_at) })}
        {status === "draft" && <> · {t("schedules.after")}</>}
        {last_at !== null && (
          <span className="text-fg-muted">
            {next_at !== null && " · "}
            {t("schedules.last", { when: formatMoment(last_at) })}
          </span>
        )}
      </p>
    </>
  );
}

type OriginProps = {
  readonly schedule: Schedule;
  readonly node: string | null;
  readonly onLeave: () => void;
};

/** The trigger that it starts from, to open; of what was added also who did that, and in which run. */
function Origin({ schedule, node, onLeave }: OriginProps) {
  const editor = useEditor();
  const { added_by, added_in } = schedule;
  const open = () => {
    onLeave();
    inspect(editor, schedule.node);
  };
  return (
    <p className="flex flex-wrap gap-x-2 text-xs text-fg-muted">
      {node !== null && (
        <span>
          {t("schedules.from")}{" "}
          <button
            type="button"
            onClick={open}
            className="rounded-small text-accent hover:underline"
          >
            {node}
          </button>
        </span>
      )}
      {added_by !== null && (
        <span>
          {t("schedules.addedBy", { name: added_by })}{" "}
          {added_in !== null && (
            <Link
              to="/runs/$executionId"
              params={{ executionId: added_in }}
              className="rounded-small text-accent hover:underline"
            >
              {t("schedules.addedIn")}
            </Link>
          )}
        </span>
      )}
    </p>
  );
}

function Commands({ schedule, name }: { readonly schedule: Schedule; readonly name: string }) {
  const mayChange = useCan("workflow.publish");
  const [isAsking, setIsAsking] = useState(false);
  const { pause, remove, isBusy } = useSchedule(schedule);
  const { id, status, added_by } = schedule;
  if (!mayChange || id === null) return null;
  const isPaused = status === "paused";
  return (
    <span className="flex">
      {status !== "done" && (
        <IconButton
          icon={isPaused ? Play : Pause}
          label={t(isPaused ? "schedules.resume" : "schedules.pause", { name })}
          disabled={isBusy}
          onClick={() => pause(!isPaused)}
        />
      )}
      {added_by !== null && (
        <IconButton
          icon={Trash2}
          label={t("schedules.delete", { name })}
          disabled={isBusy}
          onClick={() => setIsAsking(true)}
        />
      )}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={t("schedules.deleteTitle")}
        description={t("schedules.deleteText")}
        confirmLabel={t("common.delete")}
        danger
        onConfirm={() => {
          setIsAsking(false);
          remove();
        }}
      />
    </span>
  );
}
