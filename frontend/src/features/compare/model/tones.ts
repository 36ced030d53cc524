// The colour of each kind of difference, wherever it is drawn.

import type { Difference } from "./differences";

/** As ground of a small round mark; words stand beside it. */
export const DOTS: Readonly<Record<Difference, string>> = {
  idle: "border border-dashed border-line-strong",
  same: "bg-line-strong",
  data: "bg-running-fill",
  items: "bg-warn-fill",
  status: "bg-error-fill",
  only_left: "bg-skipped-fill",
  only_right: "bg-success-fill",
};
