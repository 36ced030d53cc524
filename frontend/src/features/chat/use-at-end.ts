// Keeps a list that grows at its end scrolled to it, unless somebody reads further up.

import { type RefObject, useEffect, useRef } from "react";

const NEAR_PX = 80;

/** `change` differs when something came that has to be seen in any case. */
export function useAtEnd(change: string): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs because of the change.
  useEffect(() => {
    const { current } = frame;
    current?.scrollTo({ top: current.scrollHeight });
  }, [change]);
  useEffect(() => {
    const { current } = frame;
    if (!current) return undefined;
    const follow = new MutationObserver(() => {
      const below = current.scrollHeight - current.scrollTop - current.clientHeight;
      if (below < NEAR_PX) current.scrollTo({ top: current.scrollHeight });
    });
    follow.observe(current, { childList: true, subtree: true, characterData: true });
    return () => follow.disconnect();
  }, []);
  return frame;
}
