// Keeps saving going while the editor is open, and edits safe when it closes.

import { useEffect } from "react";
import type { Saving } from "./saving/autosave";

export function useSavingGuard(saving: Saving | null): void {
  useEffect(() => {
    if (!saving) return;
    const stop = saving.start();
    // What cannot be saved now is in the journal, and the next visit offers it.
    const flush = () => void saving.flush().catch(() => undefined);
    const whenHidden = () => {
      if (document.hidden && saving.isAhead()) flush();
    };
    const warn = (event: BeforeUnloadEvent) => {
      if (saving.isAhead()) event.preventDefault();
    };
    document.addEventListener("visibilitychange", whenHidden);
    addEventListener("beforeunload", warn);
    return () => {
      document.removeEventListener("visibilitychange", whenHidden);
      removeEventListener("beforeunload", warn);
      stop();
    };
  }, [saving]);
}
