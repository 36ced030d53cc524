// Brings the events of the run that is watched by HTTP, for as long as the socket cannot.

import { api } from "@/api/client";
import type { LiveSocket } from "@/api/socket";
import type { RunEvent } from "@/api/types";
import type { RunStore } from "./store";

const ASK_EVERY_MS = 5_000;

type EventsPage = { readonly results: readonly RunEvent[]; readonly last_seq: number };

/**
 * Until the returned function is called. The socket goes on where it stopped once it is back; the
 * store knows the events that it then hears again.
 */
export function askWhilePaused(store: RunStore, socket: LiveSocket, id: string): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let isAsking = false;
  const ask = async (): Promise<void> => {
    if (isAsking) return;
    isAsking = true;
    await catchUp(store, id).catch(() => undefined); // Asked again soon.
    isAsking = false;
  };
  const look = () => {
    clearInterval(timer);
    if (socket.state() !== "paused") return;
    timer = setInterval(() => void ask(), ASK_EVERY_MS);
    void ask();
  };
  const unwatch = socket.subscribeState(look);
  look();
  return () => {
    unwatch();
    clearInterval(timer);
  };
}

/** Page after page, up to the event that was the last when it was asked. */
async function catchUp(store: RunStore, id: string): Promise<void> {
  for (;;) {
    const after = store.current?.seq ?? 0;
    const page = await api.get<EventsPage>(`executions/${id}/events/`, { query: { after } });
    if (store.current?.id !== id) return;
    store.receive(page.results);
    if (page.results.length === 0 || store.current.seq >= page.last_seq) return;
  }
}
