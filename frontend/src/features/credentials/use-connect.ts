// Connects an account: the provider asks in a window of its own, which tells us when it is done.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import type { Credential } from "@/api/types";

/** Name of the window, and of the channel between the windows of this origin. */
export const CONNECTING = "headrace-oauth2";

type Begun = { readonly url: string };

/** Opens the provider's page. Call it from a click: windows that nobody asked for are blocked. */
export function useConnect(row: Credential): () => void {
  const client = useQueryClient();
  const isConnectable = row.connection !== null;
  useEffect(() => {
    if (!isConnectable) return;
    const channel = new BroadcastChannel(CONNECTING);
    channel.onmessage = () => void refresh(client, keys.credentials);
    return () => channel.close();
  }, [client, isConnectable]);
  const begin = useMutation({
    mutationFn: (_: Window | null) => api.post<Begun>(`credentials/${row.id}/connect/`),
    onSuccess: ({ url }, target) => (target ?? window).location.assign(url),
    onError: (_, target) => target?.close(),
  });
  return () => begin.mutate(window.open("", CONNECTING, "popup,width=560,height=720"));
}
