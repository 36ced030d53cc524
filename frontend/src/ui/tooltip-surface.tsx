// What a tooltip draws, at a stand-in that lies where its anchor is.

import { Tooltip as Radix } from "radix-ui";
import { useEffect, useState } from "react";
import { Keys } from "./kbd";
import type { Tip } from "./tooltip";

type Props = { readonly tip: Tip; readonly onClose: () => void };

export function TooltipSurface({ tip, onClose }: Props) {
  const { id, anchor, text, keys, side } = tip;
  const [{ left, top, width, height }] = useState(() => anchor.getBoundingClientRect());
  // The anchor moves with what scrolls, its stand-in does not.
  useEffect(() => {
    addEventListener("scroll", onClose, { capture: true, passive: true });
    return () => removeEventListener("scroll", onClose, { capture: true });
  }, [onClose]);
  return (
    <Radix.Provider disableHoverableContent>
      <Radix.Root open onOpenChange={(open) => open || onClose()}>
        <Radix.Trigger asChild>
          <span
            aria-hidden
            className="pointer-events-none fixed"
            style={{ left, top, width, height }}
          />
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-60 flex max-w-72 animate-enter items-center gap-2 rounded-small bg-fg px-2 py-1 text-xs text-surface shadow-panel"
          >
            <span id={id}>{text}</span>
            {keys && <Keys chord={keys} inverted />}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
