// What a step wrote while it ran: printed lines and notes of the node, oldest first.

import type { StepLine } from "@/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";

type Props = {
  readonly lines: readonly StepLine[];
  /** Lines are timed from here, else from the first. */
  readonly startedAtMs: number | null;
  readonly query: string;
};

const TONES: Readonly<Record<string, string>> = {
  error: "text-error",
  warning: "text-warn",
  debug: "text-fg-subtle",
};

export function LogView({ lines, startedAtMs, query }: Props) {
  const startMs = startedAtMs ?? lines[0]?.at_ms ?? 0;
  const wanted = query.trim().toLowerCase();
  const shown = lines.filter((line) => textOf(line).toLowerCase().includes(wanted));
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
      tabIndex={0}
      aria-label={t("inspector.view.logs")}
      className="min-h-0 flex-1 overflow-auto py-1.5 font-code text-xs focus-visible:-outline-offset-2"
    >
      {shown.length === 0 && <p className="px-4 py-2 text-fg-muted">{t("inspector.logs.none")}</p>}
      <ol>
        {shown.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name and never move.
          <li key={index} className="flex gap-3 px-3 py-0.5 hover:bg-hover">
            <Moment atMs={line.at_ms} startMs={startMs} />
            <span
              className={cx("min-w-0 flex-1 whitespace-pre-wrap wrap-anywhere", TONES[line.level])}
            >
              {textOf(line)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Moment({ atMs, startMs }: { readonly atMs: number; readonly startMs: number }) {
  const iso = new Date(atMs).toISOString();
  return (
    <time dateTime={iso} title={iso} className="w-18 shrink-0 text-end text-fg-subtle">
      +{(Math.max(0, atMs - startMs) / 1_000).toFixed(3)} s
    </time>
  );
}

/** The line as it is read: its level where it matters, its words, its facts. */
function textOf({ level, message, facts }: StepLine): string {
  const named = Object.entries(facts ?? {}).map(([name, value]) => `${name}=${value}`);
  return [...(level in TONES ? [`${level}:`] : []), message, ...named].join(" ");
}
