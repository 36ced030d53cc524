// A modal question or form. The last actions stand in the footer; Esc and the cross cancel.

import { useState } from "react";
import { deferred } from "./deferred";
import type { ConfirmProps, DialogProps } from "./dialog-surface";

const DialogSurface = deferred(() => import("./dialog-surface").then((m) => m.DialogSurface));
const ConfirmSurface = deferred(() => import("./dialog-surface").then((m) => m.ConfirmSurface));

export function Dialog(props: DialogProps) {
  return useOnceOpen(props.open) && <DialogSurface {...props} />;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog(props: ConfirmProps) {
  return useOnceOpen(props.open) && <ConfirmSurface {...props} />;
}

/** Nothing is drawn before the first time; after it the surface stays, to give the focus back. */
function useOnceOpen(open: boolean): boolean {
  const [wasOpen, setWasOpen] = useState(open);
  if (open && !wasOpen) setWasOpen(true);
  return wasOpen || open;
}
