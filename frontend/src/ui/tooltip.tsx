// A short name or hint beside what is hovered or focused. Never the only carrier of information.

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Keys } from "./kbd";

const DELAY_MS = 400;

type Props = {
  readonly text: ReactNode;
  readonly keys?: string | undefined;
  readonly side?: "top" | "right" | "bottom" | "left" | undefined;
  /** One element that takes a ref and props. */
  readonly children: ReactNode;
};

export function Tooltip({ text, keys, side = "bottom", children }: Props) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-60 flex max-w-72 animate-enter items-center gap-2 rounded-small bg-fg px-2 py-1 text-xs text-surface shadow-panel"
        >
          {text}
          {keys && <Keys chord={keys} inverted />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Once, around the app. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={DELAY_MS} skipDelayDuration={200} disableHoverableContent>
      {children}
    </Radix.Provider>
  );
}
