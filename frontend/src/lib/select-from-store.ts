// Stands in for use-sync-external-store, see vite.config.ts: libraries bring it along for React 17,
// which had no such hook of its own.

import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";

export { useSyncExternalStore } from "react";

/** A part of what a store holds; renders when that part is another one. */
export function useSyncExternalStoreWithSelector<State, Part>(
  subscribe: (listener: () => void) => () => void,
  getState: () => State,
  _getServerState: (() => State) | null | undefined,
  selector: (state: State) => Part,
  isEqual: (before: Part, now: Part) => boolean = Object.is,
): Part {
  const shown = useRef<{ readonly part: Part } | null>(null);
  const getPart = useMemo(() => {
    let last: { readonly state: State; readonly part: Part } | null = null;
    return (): Part => {
      const state = getState();
      if (last && Object.is(last.state, state)) return last.part;
      const before = last ?? shown.current;
      const now = selector(state);
      const part = before && isEqual(before.part, now) ? before.part : now;
      last = { state, part };
      return part;
    };
  }, [getState, selector, isEqual]);
  const part = useSyncExternalStore(subscribe, getPart);
  useEffect(() => {
    shown.current = { part };
  }, [part]);
  return part;
}

// biome-ignore lint/style/noDefaultExport: CommonJS is what it stands in for.
export default { useSyncExternalStoreWithSelector };
