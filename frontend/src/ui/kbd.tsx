// Key caps. A chord such as `mod+shift+p` is printed as this machine prints it.

import type { ReactNode } from "react";
import { cx } from "@/lib/cx";
import { keyCaps } from "@/lib/platform";

type CapProps = { readonly inverted?: boolean | undefined; readonly children: ReactNode };

export function Kbd({ inverted, children }: CapProps) {
  return (
    <kbd
      className={cx(
        "inline-flex min-w-4.5 items-center justify-center rounded-sm border px-1 font-ui text-2xs",
        inverted ? "border-current/35" : "border-line-strong bg-sunken text-fg-muted",
      )}
    >
      {children}
    </kbd>
  );
}

type KeysProps = { readonly chord: string; readonly inverted?: boolean };

/** One chord, or a sequence of chords with a space between them. */
export function Keys({ chord, inverted }: KeysProps) {
  const caps = chord === " " ? ["Space"] : chord.split(" ").flatMap(keyCaps);
  return (
    <span className="inline-flex gap-0.5">
      {caps.map((cap) => (
        <Kbd key={cap} inverted={inverted}>
          {cap}
        </Kbd>
      ))}
    </span>
  );
}
