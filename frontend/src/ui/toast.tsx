// Short notices about things that happen elsewhere on the page. `toast()` may be called anywhere.

import { CircleAlert, CircleCheck, Info, type LucideIcon, X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { create } from "zustand";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Button } from "./button";
import { Icon } from "./icon";
import { IconButton } from "./icon-button";

export type ToastKind = "info" | "success" | "error";

export type ToastOptions = {
  readonly kind?: ToastKind;
  readonly description?: string;
  readonly action?: { readonly label: string; readonly onClick: () => void };
  /** A notice with the same key takes the place of the one before. */
  readonly key?: string;
};

type Notice = ToastOptions & { readonly id: string; readonly title: string };

const MAX_SHOWN = 3;
const SHOWN_MS = 5_000;

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

const LOOKS: Readonly<Record<ToastKind, readonly [LucideIcon, string]>> = {
  info: [Info, "text-accent"],
  success: [CircleCheck, "text-success"],
  error: [CircleAlert, "text-error"],
};

/** Once, around the app. */
export function Toaster() {
  const { notices } = useNotices();
  return (
    <Radix.Provider label={t("common.notifications")} swipeDirection="right">
      {notices.map((notice) => (
        <ToastCard key={notice.id} notice={notice} />
      ))}
      <Radix.Viewport
        label={`${t("common.notifications")} ({hotkey})`}
        className="pointer-events-none fixed end-4 bottom-4 z-60 flex w-88 max-w-[calc(100vw-2rem)] flex-col gap-2 max-sm:bottom-20"
      />
    </Radix.Provider>
  );
}

function ToastCard({ notice }: { readonly notice: Notice }) {
  const { id, title, description, action, kind = "info" } = notice;
  const [icon, tone] = LOOKS[kind];
  return (
    <Radix.Root
      duration={kind === "error" ? Number.POSITIVE_INFINITY : SHOWN_MS}
      type={kind === "error" ? "foreground" : "background"}
      onOpenChange={(open) => {
        if (!open) dismissToast(id);
      }}
      className="pointer-events-auto flex animate-slide-up items-start gap-2.5 rounded-panel border border-line bg-raised p-3 shadow-panel"
    >
      <Icon icon={icon} className={cx("mt-px", tone)} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <Radix.Title className="font-medium wrap-anywhere">{title}</Radix.Title>
        {description && (
          <Radix.Description className="text-xs wrap-anywhere text-fg-muted">
            {description}
          </Radix.Description>
        )}
      </div>
      {action && (
        <Radix.Action altText={action.label} asChild onClick={action.onClick}>
          <Button size="small">{action.label}</Button>
        </Radix.Action>
      )}
      <Radix.Close asChild>
        <IconButton icon={X} size="small" label={t("common.dismiss")} />
      </Radix.Close>
    </Radix.Root>
  );
}
