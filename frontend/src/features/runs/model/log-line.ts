// Log events as lines for people: what happened, where, with which numbers.

import "@/lib/messages/replays";
import type { RunEvent, RunEventType } from "@/api/types";
import { formatDuration, formatMoment } from "@/lib/format";
import { type MessageKey, t } from "@/lib/i18n";
import type { StatusName } from "@/lib/status";
import {
  errorOf,
  flagOf,
  inputCounts,
  linesOf,
  numberOf,
  outputCounts,
  textOf,
} from "./event-data";

export type LogLine = {
  readonly seq: number;
  readonly atMs: number;
  readonly node: string | null;
  readonly status: StatusName;
  readonly title: string;
  readonly detail: string;
  readonly isError: boolean;
};

const STATUSES: Readonly<Record<RunEventType, StatusName>> = {
  "workflow.started": "running",
  "workflow.cancel_requested": "cancelled",
  "workflow.waiting": "waiting",
  "workflow.resumed": "running",
  "workflow.paused": "paused",
  "workflow.retried": "retrying",
  "workflow.forked": "cached",
  "workflow.compensating": "retrying",
  "workflow.completed": "completed",
  "workflow.failed": "failed",
  "workflow.cancelled": "cancelled",
  "workflow.step.queued": "queued",
  "workflow.step.started": "running",
  "workflow.step.collected": "running",
  "workflow.step.completed": "completed",
  "workflow.step.failed": "failed",
  "workflow.step.retrying": "retrying",
  "workflow.step.waiting": "waiting",
  "workflow.step.resumed": "running",
  "workflow.step.unknown": "unknown",
  "workflow.step.skipped": "skipped",
  "workflow.step.reused": "cached",
  "workflow.step.cancelled": "cancelled",
  "workflow.step.progress": "running",
  "workflow.step.call.started": "running",
  "workflow.step.call.completed": "completed",
  "workflow.step.call.failed": "failed",
  "workflow.step.call.suspended": "waiting",
};

/** A line, or null for a type that this version does not know. */
export function logLine(event: RunEvent): LogLine | null {
  const status = STATUSES[event.type];
  if (status === undefined) return null;
  const key: MessageKey = `runs.event.${event.type}`;
  return {
    seq: event.seq,
    atMs: event.at_ms,
    node: event.node ?? null,
    status,
    title: t(key),
    detail: detailOf(event),
    isError: status === "failed" || status === "unknown",
  };
}

function detailOf(event: RunEvent): string {
  const parts = [
    calledOf(event),
    errorOf(event)?.message,
    attemptOf(event),
    itemsOf(event),
    failedItemsOf(event),
    flagOf(event.data, "is_late") ? t("runs.event.late") : "",
    untilOf(event),
    ...linesOf(event).map(({ message }) => message),
    durationOf(event),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** Which tool or model an agent called; the name of a model's question is a digest. */
function calledOf({ type, data }: RunEvent): string | null {
  if (!type.startsWith("workflow.step.call.")) return null;
  return textOf(data, textOf(data, "kind") === "model" ? "model" : "name");
}

function attemptOf(event: RunEvent): string {
  const attempt = event.attempt ?? 1;
  return attempt > 1 ? t("runs.event.attempt", { attempt }) : "";
}

function itemsOf(event: RunEvent): string {
  const outputs = outputCounts(event);
  const counts = Object.entries(outputs ?? inputCounts(event) ?? {});
  return counts.map(([port, count]) => portItems(port, count)).join(", ");
}

function failedItemsOf({ data }: RunEvent): string {
  const count = numberOf(data, "failed_items");
  return count === null ? "" : t("runs.event.failedItems", { count });
}

const portItems = (port: string, count: number): string =>
  port === "main" ? t("runs.event.items", { count }) : t("runs.event.portItems", { port, count });

function untilOf(event: RunEvent): string {
  const until = textOf(event.data, "until") ?? textOf(event.data, "next_at");
  return until === null ? "" : t("runs.event.until", { at: formatMoment(until) });
}

function durationOf(event: RunEvent): string {
  if (event.type === "workflow.step.waiting") return "";
  const durationMs = numberOf(event.data, "duration_ms");
  return durationMs === null ? "" : formatDuration(durationMs);
}
