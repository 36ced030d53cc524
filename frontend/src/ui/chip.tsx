// A small rounded label; with a tone it carries a status as icon, word and colour.

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "@/lib/cx";
import type { Tone } from "@/lib/status";
import { Icon } from "./icon";

const TONES: Readonly<Record<Tone, string>> = {
  neutral: "bg-hover text-fg-muted",
  accent: "bg-accent-soft text-accent",
  running: "bg-running-soft text-running",
  success: "bg-success-soft text-success",
  warn: "bg-warn-soft text-warn",
  error: "bg-error-soft text-error",
  human: "bg-human-soft text-human",
  cached: "bg-cached-soft text-cached",
  queued: "bg-queued-soft text-queued",
  skipped: "bg-hover text-fg-subtle",
};

/** The tone's colour on text alone, without ground. */
export const toneText: Readonly<Record<Tone, string>> = {
  neutral: "text-fg-muted",
  accent: "text-accent",
  running: "text-running",
  success: "text-success",
  warn: "text-warn",
  error: "text-error",
  human: "text-human",
  cached: "text-cached",
  queued: "text-queued",
  skipped: "text-fg-subtle",
};

type Props = {
  readonly tone?: Tone;
  readonly icon?: LucideIcon;
  readonly spins?: boolean;
  /** Icon and text without ground: for dense lists. */
  readonly plain?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

export function Chip({ tone = "neutral", icon, spins, plain, className, children }: Props) {
  return (
    <span
      className={cx(
        "inline-flex items-center gap-1 align-middle text-xs font-medium whitespace-nowrap",
        plain ? toneText[tone] : cx("h-5 rounded-full px-2", TONES[tone]),
        className,
      )}
    >
      {icon && <Icon icon={icon} size={13} className={spins ? "animate-spin" : undefined} />}
      {children}
    </span>
  );
}
