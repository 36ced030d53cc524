// One message and its answer: words as they come, tools as they are used, sources, and the run behind it.

import { Link } from "@tanstack/react-router";
import { CircleAlert, CircleCheck, Clock, LoaderCircle, Paperclip, Wrench } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "@/lib/cx";
import { formatNumber } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { Markdown } from "@/ui/markdown";
import type { Call, CallStatus, LiveAnswer } from "./model/live-answer";
import type { Turn } from "./queries";
import { Sources } from "./sources";
import { useLiveAnswer } from "./use-live-answer";

type Props = {
  readonly turn: Turn;
  /** What people call a node. */
  readonly nodeName: (id: string) => string;
  /** Brings a node into view, where there is a canvas. */
  readonly onSelectNode?: ((id: string) => void) | undefined;
  /** The server knows the answer by now. */
  readonly onOver: () => void;
};

export function TurnView({ turn, nodeName, onSelectNode, onOver }: Props) {
  const [isOpen, setOpen] = useState(false);
  const isPending = turn.reply === null;
  const live = useLiveAnswer(turn.execution_id, isPending || isOpen);
  useEffect(() => {
    if (isPending && live.isOver) onOver();
  }, [isPending, live.isOver, onOver]);
  return (
    <>
      <Said text={turn.message} file={turn.file} />
      <div className="flex max-w-[92%] flex-col gap-1.5 self-start">
        {(isPending || live.calls.length > 0) && <Calls calls={live.calls} />}
        <Bubble>
          {turn.reply === null ? <Coming live={live} /> : <Answer reply={turn.reply} />}
        </Bubble>
        {turn.sources.length > 0 && <Sources sources={turn.sources} />}
        <footer className="flex flex-wrap items-center gap-x-3 gap-y-1 ps-1 text-xs text-fg-subtle">
          <Link
            to="/runs/$executionId"
            params={{ executionId: turn.execution_id }}
            className="rounded-small hover:text-accent hover:underline"
          >
            {t("chat.run", { number: formatNumber(turn.number ?? 0) })}
          </Link>
          <details className="min-w-0" onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary className="cursor-pointer rounded-small hover:text-fg">
              {t("chat.details")}
            </summary>
            <Nodes ids={live.nodes} nodeName={nodeName} onSelectNode={onSelectNode} />
          </details>
        </footer>
      </div>
    </>
  );
}

/** What somebody said, also while it is on its way. */
export function Said({ text, file = "" }: { readonly text: string; readonly file?: string }) {
  return (
    <div className="max-w-[85%] self-end rounded-panel rounded-ee-small bg-accent-soft px-3.5 py-2.5">
      <span className="sr-only">{t("chat.yours")}</span>
      <p className="whitespace-pre-wrap wrap-anywhere">{text}</p>
      {file !== "" && (
        <p className="mt-1 flex items-center gap-1.5 text-xs text-fg-muted">
          <Icon icon={Paperclip} size={13} />
          <span className="truncate">{file}</span>
        </p>
      )}
    </div>
  );
}

export function Bubble({ children }: { readonly children: React.ReactNode }) {
  return (
    <div className="w-fit max-w-full rounded-panel rounded-es-small border border-line bg-surface px-3.5 py-2.5">
      {children}
    </div>
  );
}

function Answer({ reply }: { readonly reply: string }) {
  if (reply === "") return <p className="text-fg-muted">{t("chat.noAnswer")}</p>;
  return <Markdown text={reply} />;
}

function Coming({ live }: { readonly live: LiveAnswer }) {
  if (live.waits) {
    return (
      <Link
        to="/inbox"
        className="flex items-center gap-2 rounded-small text-human hover:underline"
      >
        <Icon icon={Clock} size={15} />
        {t("chat.waits")}
      </Link>
    );
  }
  if (live.text !== "") return <Markdown text={live.text} />;
  return <Icon icon={LoaderCircle} label={t("chat.answering")} className="animate-spin" />;
}

const LOOK: Readonly<Record<CallStatus, readonly [icon: typeof Clock, tone: string]>> = {
  running: [LoaderCircle, "animate-spin text-running"],
  completed: [CircleCheck, "text-success"],
  failed: [CircleAlert, "text-error"],
  waiting: [Clock, "text-human"],
};

function Calls({ calls }: { readonly calls: readonly Call[] }) {
  if (calls.length === 0) return null;
  return (
    <ul aria-label={t("chat.tools")} className="flex flex-wrap gap-1.5">
      {calls.map(({ id, name, status }) => {
        const [icon, tone] = LOOK[status];
        return (
          <li
            key={id}
            className="flex items-center gap-1.5 rounded-control border border-line bg-sunken px-2 py-1 text-xs"
          >
            <Icon icon={Wrench} size={13} className="text-fg-subtle" />
            <span className="font-code wrap-anywhere">{name}</span>
            <Icon icon={icon} size={13} label={t(`chat.call.${status}`)} className={cx(tone)} />
          </li>
        );
      })}
    </ul>
  );
}

type NodesProps = Pick<Props, "nodeName" | "onSelectNode"> & { readonly ids: readonly string[] };

function Nodes({ ids, nodeName, onSelectNode }: NodesProps) {
  return (
    <ol aria-label={t("chat.nodes")} className="mt-1 flex flex-wrap gap-1">
      {ids.map((id) => (
        <li key={id} className="rounded-small bg-sunken px-1.5 py-0.5">
          {onSelectNode ? (
            <button type="button" className="hover:text-accent" onClick={() => onSelectNode(id)}>
              {nodeName(id)}
            </button>
          ) : (
            nodeName(id)
          )}
        </li>
      ))}
    </ol>
  );
}
