// Which layout the inspector has now: what the person chose, as far as the window has room for it.

import { useSyncExternalStore } from "react";
import { type InspectorLayout, setLayout, usePreferences } from "./preferences";

const PHONE = "(max-width: 40rem)";
const NARROW = "(max-width: 80rem)";

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}

export type LayoutChoice = {
  readonly layout: InspectorLayout;
  /** A full-screen sheet, whatever was chosen. */
  readonly isPhone: boolean;
  readonly setLayout: (layout: InspectorLayout) => void;
};

export function useInspectorLayout(): LayoutChoice {
  const chosen = usePreferences((preferences) => preferences.layout);
  const isPhone = useMedia(PHONE);
  const isNarrow = useMedia(NARROW);
  const fitting = chosen ?? (isNarrow ? "side" : "dock");
  return { layout: isPhone ? "full" : fitting, isPhone, setLayout };
}
