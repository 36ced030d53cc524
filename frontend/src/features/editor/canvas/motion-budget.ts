// At most twelve things move on the canvas at once (rule R6); the rest are still. None in a hidden tab.

import { useEffect, useSyncExternalStore } from "react";

const LIMIT = 12;

const wishes = new Set<symbol>();
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of [...listeners]) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  document.addEventListener("visibilitychange", listener);
  return () => {
    listeners.delete(listener);
    document.removeEventListener("visibilitychange", listener);
  };
}

function maySelf(token: symbol): boolean {
  if (document.hidden) return false;
  let place = 0;
  for (const wish of wishes) {
    if (wish === token) return place < LIMIT;
    place += 1;
  }
  return false;
}

/** True while this component wants to move and is among the first twelve that do. */
export function useMotion(token: symbol, wants: boolean): boolean {
  useEffect(() => {
    if (!wants) return;
    wishes.add(token);
    tell();
    return () => {
      wishes.delete(token);
      tell();
    };
  }, [token, wants]);
  return useSyncExternalStore(subscribe, () => wants && maySelf(token));
}
