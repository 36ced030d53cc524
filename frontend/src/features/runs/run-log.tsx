// The log of the watched run, a line per event, newest at the bottom.

import { useVirtualizer } from "@tanstack/react-virtual";
import { ListTree, X } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { t } from "@/lib/i18n";
import { statusLook } from "@/lib/status";
import { Checkbox } from "@/ui/checkbox";
import { toneText } from "@/ui/chip";
import { EmptyState } from "@/ui/empty-state";
import { Icon } from "@/ui/icon";
import { IconButton } from "@/ui/icon-button";
import { SearchField } from "@/ui/search-field";
import { useRunEvents } from "./hooks";
import { type LogLine, logLine } from "./model/log-line";

const LINE_PX = 26;

export type RunLogProps = {
  readonly nodeName: (id: string) => string;
  readonly onSelectNode: (id: string) => void;
  readonly onClose: () => void;
};

export function RunLog({ nodeName, onSelectNode, onClose }: RunLogProps) {
  const [onlyErrors, setOnlyErrors] = useState(false);
  const lines = useLogLines();
  const [words, setWords] = useState("");
  const shown = filtered(lines, { onlyErrors, words, nodeName });
  return (
    <section aria-label={t("runs.log")} className="flex h-full min-h-0 flex-col bg-surface">
      <header className="flex min-h-11 items-center gap-4 border-b border-line ps-4 pe-2">
        <h2 className="flex-1 text-base">{t("runs.log")}</h2>
        <SearchField
          label={t("runs.logSearch")}
          value={words}
          onChange={setWords}
          className="w-56 max-sm:w-32"
        />
        <Checkbox label={t("runs.logOnlyErrors")} checked={onlyErrors} onChange={setOnlyErrors} />
        <IconButton icon={X} label={t("runs.logClose")} onClick={onClose} />
      </header>
      {lines.length === 0 ? (
        <EmptyState icon={ListTree} title={t("runs.logEmpty")}>
          {t("runs.logEmptyHint")}
        </EmptyState>
      ) : shown.length === 0 ? (
        <EmptyState icon={ListTree} title={t("runs.logNothing")} />
      ) : (
        <Lines lines={shown} nodeName={nodeName} onSelectNode={onSelectNode} />
      )}
    </section>
  );
}

type Filter = Pick<RunLogProps, "nodeName"> & {
  readonly onlyErrors: boolean;
  readonly words: string;
};

/** Lines that hold every word: in the node's name, in what happened, or in its details. */
function filtered(lines: readonly LogLine[], { onlyErrors, words, nodeName }: Filter) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (!onlyErrors && wanted.length === 0) return lines;
  return lines.filter((line) => {
    const name = line.node === null ? "" : nodeName(line.node);
    const text = `${name} ${line.title} ${line.detail}`.toLowerCase();
    return (!onlyErrors || line.isError) && wanted.every((word) => text.includes(word));
  });
}

function useLogLines(): readonly LogLine[] {
  const events = useRunEvents();
  return useMemo(() => events.flatMap((event) => logLine(event) ?? []), [events]);
}

type LinesProps = Pick<RunLogProps, "nodeName" | "onSelectNode"> & {
  readonly lines: readonly LogLine[];
};

function Lines({ lines, nodeName, onSelectNode }: LinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const startMs = lines[0]?.atMs ?? 0;
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
    initialRect: { width: 800, height: 400 },
  });
  return (
    <div
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
      tabIndex={0}
      role="log"
      aria-live="off"
      className="min-h-0 flex-1 overflow-auto font-code text-xs focus-visible:-outline-offset-2"
    >
      <ol className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start: top }) => {
          const line = lines[index];
          return line ? (
            <li key={line.seq} className="absolute inset-x-0" style={{ top, height: LINE_PX }}>
              <Line
                line={line}
                offsetMs={line.atMs - startMs}
                name={line.node === null ? null : nodeName(line.node)}
                onSelectNode={onSelectNode}
              />
            </li>
          ) : null;
        })}
      </ol>
    </div>
  );
}

type LineProps = {
  readonly line: LogLine;
  readonly offsetMs: number;
  readonly name: string | null;
  readonly onSelectNode: (id: string) => void;
};

function Line({ line, offsetMs, name, onSelectNode }: LineProps) {
  const { tone, icon } = statusLook(line.status);
  const { node } = line;
  const iso = new Date(line.atMs).toISOString();
  return (
    <p className="flex h-full items-center gap-3 px-4 whitespace-nowrap hover:bg-hover">
      <time dateTime={iso} title={iso} className="w-20 shrink-0 text-end text-fg-subtle">
        +{(offsetMs / 1_000).toFixed(3)} s
      </time>
      <span className={`flex w-32 shrink-0 items-center gap-1.5 font-medium ${toneText[tone]}`}>
        <Icon icon={icon} size={13} />
        {line.title}
      </span>
      {name !== null && node !== null && (
        <button
          type="button"
          title={t("runs.logOpen", { node: name })}
          onClick={() => onSelectNode(node)}
          className="max-w-56 shrink-0 truncate rounded-small font-medium text-fg underline-offset-2 hover:underline"
        >
          {name}
        </button>
      )}
      <span className={`min-w-0 truncate ${line.isError ? "text-error" : "text-fg-muted"}`}>
        {line.detail}
      </span>
    </p>
  );
}
