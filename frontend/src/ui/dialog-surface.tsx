// What a dialog draws when it is open.

import { X } from "lucide-react";
import { Dialog as Radix, AlertDialog as RadixAlert } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Button } from "./button";
import { IconButton } from "./icon-button";

const OVERLAY = "fixed inset-0 z-40 animate-enter bg-scrim";
const PANEL =
  "fixed start-1/2 z-50 flex w-[calc(100vw-1.5rem)] -translate-x-1/2 animate-slide-up flex-col rounded-dialog border border-line bg-raised shadow-dialog focus:outline-none";

const WIDTHS = { small: "max-w-md", medium: "max-w-xl", large: "max-w-3xl", full: "max-w-6xl" };

export type DialogProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly width?: keyof typeof WIDTHS;
  readonly footer?: ReactNode;
  /** Nothing but an answer closes it. */
  readonly blocking?: boolean;
  readonly children?: ReactNode;
};

export function DialogSurface(props: DialogProps) {
  const { open, onOpenChange, title, description, width, footer, blocking, children } = props;
  const returnTo = useRef<Element | null>(null);
  const refuse = (event: Event) => {
    if (blocking) event.preventDefault();
  };
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content
          data-scope="dialog"
          // Radix gives the focus back to a trigger only; what a key opened has none.
          onOpenAutoFocus={() => {
            returnTo.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (returnTo.current instanceof HTMLElement) returnTo.current.focus();
          }}
          onEscapeKeyDown={refuse}
          onInteractOutside={refuse}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cx(PANEL, "top-[8dvh] max-h-[calc(92dvh-1rem)]", WIDTHS[width ?? "medium"])}
        >
          <header className="flex flex-col gap-1 p-5 pe-12 pb-3">
            <Radix.Title className="text-lg">{title}</Radix.Title>
            {description && (
              <Radix.Description className="text-fg-muted">{description}</Radix.Description>
            )}
          </header>
          {children && <div className="min-h-0 overflow-y-auto px-5 py-1.5">{children}</div>}
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 p-5 pt-4">{footer}</footer>
          ) : (
            <div className="pb-4" />
          )}
          {/* Last, so that the first field gets the focus. */}
          {!blocking && (
            <Radix.Close asChild>
              <IconButton icon={X} label={t("common.close")} className="absolute end-3 top-3.5" />
            </Radix.Close>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export type ConfirmProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description: ReactNode;
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly busy?: boolean;
  readonly danger?: boolean;
};

/** Asks before something that cannot be undone. */
export function ConfirmSurface(props: ConfirmProps) {
  const { open, onOpenChange, title, description, confirmLabel, onConfirm, busy, danger } = props;
  return (
    <RadixAlert.Root open={open} onOpenChange={onOpenChange}>
      <RadixAlert.Portal>
        <RadixAlert.Overlay className={OVERLAY} />
        <RadixAlert.Content
          data-scope="dialog"
          className={cx(PANEL, "top-[20dvh] max-h-[calc(80dvh-1rem)] max-w-md gap-2 p-5")}
        >
          <RadixAlert.Title className="text-lg">{title}</RadixAlert.Title>
          <RadixAlert.Description className="text-fg-muted">{description}</RadixAlert.Description>
          <footer className="flex flex-wrap justify-end gap-2 pt-3">
            <RadixAlert.Cancel asChild>
              <Button>{t("common.cancel")}</Button>
            </RadixAlert.Cancel>
            <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={onConfirm}>
              {confirmLabel}
            </Button>
          </footer>
        </RadixAlert.Content>
      </RadixAlert.Portal>
    </RadixAlert.Root>
  );
}
