// The corrections of the card in view: what is typed, whether it fits, and the eye drawn to what does not.

import { type RefObject, useState } from "react";
import type { Approval } from "@/api/types";
import { checkDrafts, type Drafts, draftsOf, keepDrafts } from "./model/corrections";

export function useCorrections(
  { id, correctable }: Approval,
  frame: RefObject<HTMLElement | null>,
) {
  const [drafts, setDrafts] = useState(() => draftsOf(id));
  const { corrections, faults } = checkDrafts(correctable, drafts);
  return {
    corrections,
    form: {
      fields: correctable,
      drafts,
      faults,
      onChange: (next: Drafts) => {
        keepDrafts(id, next);
        setDrafts(next);
      },
    },
    /** False: something does not fit, and has the focus now. */
    check: (): boolean => {
      if (Object.keys(faults).length === 0) return true;
      frame.current?.querySelector<HTMLElement>("[data-corrections] [aria-invalid]")?.focus();
      return false;
    },
  };
}
