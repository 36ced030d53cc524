// Short notices about things that happen elsewhere on the page. `toast()` may be called anywhere.

import { useState } from "react";
import { create } from "zustand";
import { deferred } from "./deferred";

export type ToastKind = "info" | "success" | "error";

export type ToastOptions = {
  readonly kind?: ToastKind;
  readonly description?: string;
  readonly action?: { readonly label: string; readonly onClick: () => void };
  /** How long it stays, if not as usual. */
  readonly lastsMs?: number;
  /** A notice with the same key takes the place of the one before. */
  readonly key?: string;
};

export type Notice = ToastOptions & { readonly id: string; readonly title: string };

const MAX_SHOWN = 3;

const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));
let count = 0;

/** Shows a notice. Errors stay until they are closed. */
export function toast(title: string, options: ToastOptions = {}): void {
  count += 1;
  const notice: Notice = { ...options, title, id: options.key ?? `toast-${count}` };
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter(({ id }) => id !== notice.id), notice].slice(-MAX_SHOWN),
  }));
}

export function dismissToast(id: string): void {
  useNotices.setState(({ notices }) => ({
    notices: notices.filter((notice) => notice.id !== id),
  }));
}

const ToastStack = deferred(() => import("./toast-stack").then((m) => m.ToastStack));

/** Once, around the app. */
export function Toaster() {
  const { notices } = useNotices();
  const [isUsed, setUsed] = useState(false);
  if (notices.length > 0 && !isUsed) setUsed(true);
  return isUsed && <ToastStack notices={notices} onDismiss={dismissToast} />;
}
