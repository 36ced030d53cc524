// Says where this tab is, hears where the others are, and follows what they save.

import { useEffect } from "react";
import { pageSocket } from "@/api/page-socket";
import type { Frame } from "@/api/socket";
import type { Editor } from "../editor-context";
import { draftServer } from "../saving/draft-server";
import { followAsReader } from "../saving/following";
import { holderOf, NOBODY } from "./peers";

export function usePresence(editor: Editor): void {
  useEffect(() => attend(editor), [editor]);
}

/** Takes part until the returned function is called. */
function attend({ workflowId, ui, docStore, saving, presence }: Editor): () => void {
  const channel = `workflow:${workflowId}`;
  const server = draftServer(workflowId);
  const { readOnly } = docStore.getState();
  let said: string | null = null;
  const say = (holds: boolean) => {
    const frame = { at: channel, node: ui.getState().inspecting, holds };
    said = JSON.stringify(frame);
    pageSocket.say(frame);
  };
  /** Claims the open node while nobody else has it; gives it up where somebody took it over. */
  const update = (isNew: boolean) => {
    const node = ui.getState().inspecting;
    const holder = node === null ? null : holderOf(presence.getState().people, node);
    const holds = node !== null && !readOnly && (holder === null || holder.you);
    if (isNew || said !== JSON.stringify({ at: channel, node, holds })) say(holds);
  };
  const follow = ({ revision, author }: NonNullable<Frame["draft"]>) => {
    if (saving) void saving.follow(revision, author);
    else void followAsReader(docStore, server, revision);
  };
  presence.setState({ takeOver: () => say(true) });
  const stop = pageSocket.subscribe(channel, {
    onFrame: ({ people, joined, draft }) => {
      if (people) presence.setState({ people });
      if (joined) saving?.retry();
      if (people || joined) update(joined ?? false);
      if (draft) follow(draft);
    },
  });
  const unwatch = ui.subscribe((now, before) => {
    if (now.inspecting !== before.inspecting) update(true);
  });
  return () => {
    stop();
    unwatch();
    presence.setState(NOBODY, true);
  };
}
