// The notices in the corner, as they are drawn.

import { CircleAlert, CircleCheck, Info, type LucideIcon, X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Button } from "./button";
import { Icon } from "./icon";
import { IconButton } from "./icon-button";
import type { Notice, ToastKind } from "./toast";

const SHOWN_MS = 5_000;

const LOOKS: Readonly<Record<ToastKind, readonly [LucideIcon, string]>> = {
  info: [Info, "text-accent"],
  success: [CircleCheck, "text-success"],
  error: [CircleAlert, "text-error"],
};

type Props = {
  readonly notices: readonly Notice[];
  readonly onDismiss: (id: string) => void;
};

export function ToastStack({ notices, onDismiss }: Props) {
  return (
    <Radix.Provider label={t("common.notifications")} swipeDirection="right">
      {notices.map((notice) => (
        <ToastCard key={notice.id} notice={notice} onDismiss={() => onDismiss(notice.id)} />
      ))}
      <Radix.Viewport
        label={`${t("common.notifications")} ({hotkey})`}
        className="pointer-events-none fixed end-4 bottom-4 z-60 flex w-88 max-w-[calc(100vw-2rem)] flex-col gap-2 max-sm:bottom-20"
      />
    </Radix.Provider>
  );
}

type CardProps = { readonly notice: Notice; readonly onDismiss: () => void };

function ToastCard({ notice, onDismiss }: CardProps) {
  const { title, description, action, kind = "info", lastsMs = SHOWN_MS } = notice;
  const [icon, tone] = LOOKS[kind];
  return (
    <Radix.Root
      duration={kind === "error" ? Number.POSITIVE_INFINITY : lastsMs}
      type={kind === "error" ? "foreground" : "background"}
      onOpenChange={(open) => {
        if (!open) onDismiss();
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
