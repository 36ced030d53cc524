// A small panel at the thing that opened it.

import { Popover as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "@/lib/cx";

type Props = {
  /** One element that takes a ref and props. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly align?: "start" | "center" | "end";
  readonly side?: "top" | "right" | "bottom" | "left";
  readonly className?: string;
};

export function Popover(props: Props) {
  const { trigger, label, children, open, onOpenChange, align, side, className } = props;
  const control = {
    ...(open === undefined ? {} : { open }),
    ...(onOpenChange === undefined ? {} : { onOpenChange }),
  };
  return (
    <Radix.Root {...control}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          data-scope="dialog"
          align={align ?? "start"}
          side={side ?? "bottom"}
          sideOffset={6}
          collisionPadding={8}
          className={cx(
            "z-50 max-h-(--radix-popover-content-available-height) w-80 max-w-[calc(100vw-1rem)] animate-enter overflow-auto rounded-panel border border-line bg-raised p-3 shadow-panel focus:outline-none",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
