// Keeps a list current: the socket says that something changed, the list is asked for again.

import { type QueryClient, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { pageSocket, useSocketState } from "./page-socket";

const WHILE_LIVE_MS = 30_000;
const WITHOUT_SOCKET_MS = 5_000;

/**
 * Follows a channel that says `changed`, while it is wanted. How often to ask unasked for (ms):
 * rarely while the socket tells of every change. `list` is a stable key.
 */
export function useLiveList(channel: string, list: QueryKey, isWanted = true): number | false {
  const client = useQueryClient();
  useEffect(() => {
    if (!isWanted) return;
    return pageSocket.subscribe(channel, { onFrame: askingAgain(client, list) });
  }, [client, channel, list, isWanted]);
  const isOpen = useSocketState() === "open";
  if (!isWanted) return false;
  return isOpen ? WHILE_LIVE_MS : WITHOUT_SOCKET_MS;
}

/** One request after the other, the last one after the last change. */
function askingAgain(client: QueryClient, list: QueryKey): () => void {
  let isAsking = false;
  let isDue = false;
  const ask = async (): Promise<void> => {
    isAsking = true;
    while (isDue) {
      isDue = false;
      await client.invalidateQueries({ queryKey: list }, { cancelRefetch: false });
    }
    isAsking = false;
  };
  return () => {
    isDue = true;
    if (!isAsking) void ask();
  };
}
