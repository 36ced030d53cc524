// How a run or a step is doing, as icon, word and colour: never colour alone.

import {
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleMinus,
  CirclePause,
  CircleX,
  Clock,
  Database,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
  RotateCw,
} from "lucide-react";
import { type MessageKey, t } from "./i18n";

export type Tone =
  | "neutral"
  | "accent"
  | "running"
  | "success"
  | "warn"
  | "error"
  | "human"
  | "cached"
  | "queued"
  | "skipped";

export type StatusName =
  | "blocked"
  | "cached"
  | "cancelled"
  | "completed"
  | "crashed"
  | "failed"
  | "paused"
  | "queued"
  | "retrying"
  | "running"
  | "skipped"
  | "unknown"
  | "waiting";

export type StatusLook = {
  readonly tone: Tone;
  readonly icon: LucideIcon;
  readonly label: string;
  /** The icon turns, where motion is welcome. */
  readonly spins: boolean;
};

const LOOKS: Readonly<Record<StatusName, readonly [Tone, LucideIcon]>> = {
  blocked: ["queued", CircleDashed],
  cached: ["cached", Database],
  cancelled: ["skipped", CircleMinus],
  completed: ["success", CircleCheck],
  crashed: ["error", OctagonX],
  failed: ["error", CircleX],
  paused: ["human", CirclePause],
  queued: ["queued", Clock],
  retrying: ["warn", RotateCw],
  running: ["running", LoaderCircle],
  skipped: ["skipped", CircleMinus],
  unknown: ["warn", CircleHelp],
  waiting: ["human", Hourglass],
};

/** The look of an execution's or a step's status. */
export function statusLook(status: StatusName): StatusLook {
  const [tone, icon] = LOOKS[status];
  const key: MessageKey = `status.${status}`;
  return { tone, icon, label: t(key), spins: status === "running" };
}

/** True while more may still happen. */
export function isUnfinished(status: StatusName): boolean {
  return ["queued", "running", "waiting", "paused", "retrying", "blocked"].includes(status);
}
