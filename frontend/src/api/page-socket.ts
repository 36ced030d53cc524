// The one socket of this page, opened when something first listens, and its state for components.

import { useSyncExternalStore } from "react";
import { api } from "./client";
import { LiveSocket, type SocketState } from "./socket";

export const pageSocket = new LiveSocket({
  url: () => `${location.origin.replace(/^http/, "ws")}/ws/`,
  // The refused request makes the app ask to sign in; nothing else is to be learnt from it.
  onSignedOut: () => void api.get("session/").then(pageSocket.retry, () => undefined),
});

window.addEventListener("online", pageSocket.retry);
window.addEventListener("focus", pageSocket.retry);

export function useSocketState(): SocketState {
  return useSyncExternalStore(pageSocket.subscribeState, pageSocket.state);
}
