// A stretch of a step on a chart of time: work is solid, waiting hatched.

import "./replay.css";
import { cx } from "@/lib/cx";
import { formatDuration } from "@/lib/format";
import { statusLook, type Tone } from "@/lib/status";
import type { DrawnBar } from "../model/timeline";

export const FILLS: Readonly<Record<Tone, string>> = {
  neutral: "bg-line-strong",
  accent: "bg-accent-solid",
  running: "bg-running-fill",
  success: "bg-success-fill",
  warn: "bg-warn-fill",
  error: "bg-error-fill",
  human: "bg-human-fill",
  cached: "bg-cached-fill",
  queued: "bg-queued-fill",
  skipped: "bg-skipped-fill",
};

/** `className` says how high it stands in its lane, and how thick it is. */
export function TimeBar({
  bar,
  className,
}: {
  readonly bar: DrawnBar;
  readonly className: string;
}) {
  const { tone, label } = statusLook(bar.status);
  return (
    <span
      title={`${label} · ${formatDuration(bar.toMs - bar.fromMs)}`}
      className={cx(
        "absolute min-w-1 rounded-full",
        className,
        bar.kind === "wait" ? "replay-wait" : FILLS[tone],
        bar.kind === "wait" && `replay-wait-${bar.status === "retrying" ? "warn" : "human"}`,
      )}
      style={{
        insetInlineStart: `${bar.from * 100}%`,
        inlineSize: `${Math.max(0, bar.to - bar.from) * 100}%`,
      }}
    />
  );
}
