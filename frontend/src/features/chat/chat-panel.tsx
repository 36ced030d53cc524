// A conversation with a workflow: which one, what was said, and one more message.

import "@/lib/messages/chat";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BrainCog, MessageSquarePlus } from "lucide-react";
import { Fragment, type ReactNode, useCallback, useState } from "react";
import { messageOf } from "@/api/problem";
import { refresh } from "@/api/refresh";
import type { FileRef } from "@/api/types";
import { useCan } from "@/features/auth";
import { formatRelative } from "@/lib/format";
import { t } from "@/lib/i18n";
import { IconButton } from "@/ui/icon-button";
import { LoadMore } from "@/ui/load-more";
import { Markdown } from "@/ui/markdown";
import { SelectInput } from "@/ui/select";
import { toast } from "@/ui/toast";
import { Composer } from "./composer";
import {
  chatsKey,
  conversationsQuery,
  type Door,
  type Saying,
  say,
  type Turn,
  turnsQuery,
} from "./queries";
import { Bubble, Said, TurnView } from "./turn-view";
import { useAtEnd } from "./use-at-end";

type Props = {
  readonly workflowId: string;
  readonly door: Door;
  /** The only one: every conversation with the workflow is shown, and not those at this one. */
  readonly isOne: boolean;
  /** With the live version; else with the draft. */
  readonly isLive: boolean;
  /** Brings the draft to the server first; rejects where that fails. */
  readonly flush?: () => Promise<void>;
  readonly nodeName: (id: string) => string;
  readonly onSelectNode?: (id: string) => void;
  /** Stands before and after the choice of the conversation. */
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
};

const freshSession = (): string => crypto.randomUUID().replaceAll("-", "");

export function ChatPanel(props: Props) {
  const { workflowId, door, isOne, title, actions } = props;
  const { data: all, isPending } = useQuery(conversationsQuery(workflowId));
  const known = isOne ? all : all?.filter(({ node }) => node === door.node);
  const [started] = useState(freshSession);
  const [chosen, setChosen] = useState<string | null>(null);
  const [isFresh, setFresh] = useState(false);
  const session = chosen ?? known?.[0]?.session ?? started;
  const choose = (next: string) => {
    setChosen(next);
    setFresh(false);
  };
  const isNew = !known?.some((one) => one.session === session);
  const options = (known ?? []).map((one) => ({
    value: one.session,
    label: one.title,
    hint: formatRelative(one.last_at),
  }));
  return (
    <section aria-label={t("chat.open")} className="flex h-full min-h-0 flex-col bg-canvas">
      <header className="flex flex-wrap items-center gap-1.5 border-b border-line bg-surface px-3 py-2">
        {title}
        <div className="min-w-0 flex-1">
          <SelectInput
            aria-label={t("chat.conversation")}
            value={session}
            options={isNew ? [{ value: session, label: t("chat.new") }, ...options] : options}
            onChange={choose}
          />
        </div>
        <IconButton
          icon={MessageSquarePlus}
          label={t("chat.new")}
          disabled={isNew}
          onClick={() => choose(freshSession())}
        />
        <IconButton
          icon={BrainCog}
          label={t("chat.reset")}
          pressed={isFresh}
          disabled={isNew}
          onClick={() => setFresh(!isFresh)}
        />
        {actions}
      </header>
      {!isPending && (
        <Conversation
          key={session}
          {...props}
          session={session}
          isNew={isNew}
          isFresh={isFresh}
          onSaid={() => {
            setChosen(session);
            setFresh(false);
          }}
        />
      )}
    </section>
  );
}

type ConversationProps = Props & {
  readonly session: string;
  /** Nobody has said anything in it. */
  readonly isNew: boolean;
  readonly isFresh: boolean;
  readonly onSaid: () => void;
};

function Conversation(props: ConversationProps) {
  const { workflowId, door, session, isNew, isFresh, nodeName, onSelectNode } = props;
  const client = useQueryClient();
  const mayRun = useCan("workflow.run");
  const query = useInfiniteQuery({ ...turnsQuery(workflowId, session), enabled: !isNew });
  const turns = (query.data?.pages.flatMap(({ results }) => results) ?? []).toReversed();
  const { sending, send } = useSaying(props);
  const onOver = useCallback(
    () => void refresh(client, chatsKey(workflowId)),
    [client, workflowId],
  );
  const last = turns.at(-1);
  const frame = useAtEnd(`${turns.length}${sending ?? ""}`);
  return (
    <>
      <div
        ref={frame}
        role="log"
        aria-live="off"
        aria-label={t("chat.conversation")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys.
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto p-4"
      >
        <LoadMore query={query} />
        {door.greeting !== "" && !query.hasNextPage && (
          <div className="self-start">
            <Bubble>
              <Markdown text={door.greeting} />
            </Bubble>
          </div>
        )}
        {turns.map((turn, index) => (
          <Fragment key={turn.id}>
            {isReset(turns[index - 1], turn) && <Forgotten />}
            <TurnView turn={turn} nodeName={nodeName} onSelectNode={onSelectNode} onOver={onOver} />
          </Fragment>
        ))}
        {isFresh && <Forgotten />}
        {sending !== null && <Said text={sending} />}
      </div>
      <p role="status" className="sr-only">
        {announced(last)}
      </p>
      {mayRun ? (
        <Composer
          placeholder={door.placeholder}
          takesFiles={door.takes_files}
          isBusy={sending !== null}
          onSend={send}
        />
      ) : (
        <p className="border-t border-line bg-surface p-3 text-fg-muted">{t("chat.viewer")}</p>
      )}
    </>
  );
}

/** Sends messages, each under a key of its own, so that one that is sent again is the same. */
function useSaying({
  workflowId,
  door,
  isLive,
  flush,
  session,
  isFresh,
  onSaid,
}: ConversationProps) {
  const client = useQueryClient();
  const saying = useMutation({
    mutationFn: async (given: Saying) => {
      await flush?.();
      return say(workflowId, session, given);
    },
    onSuccess: async () => {
      onSaid();
      await refresh(client, chatsKey(workflowId));
    },
    meta: { quiet: true },
    onError: (error) => toast(messageOf(error), { kind: "error", key: "chat.send" }),
  });
  const send = async (message: string, file: FileRef | null): Promise<boolean> => {
    const key = freshSession();
    const given = { message, key, node: door.node, live: isLive, fresh: isFresh };
    return saying.mutateAsync({ ...given, file: file?.id ?? null }).then(
      () => true,
      () => false,
    );
  };
  return { send, sending: saying.isPending ? saying.variables.message : null };
}

function Forgotten() {
  return (
    <p className="flex items-center gap-3 text-xs text-fg-subtle before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {t("chat.forgotten")}
    </p>
  );
}

const isReset = (before: Turn | undefined, turn: Turn): boolean =>
  before !== undefined && before.era !== turn.era;

/** Read out when it begins to answer and when it has, and not word by word. */
function announced(last: Turn | undefined): string {
  if (!last) return "";
  return last.reply === null ? t("chat.answering") : t("chat.answerSaid", { text: last.reply });
}
