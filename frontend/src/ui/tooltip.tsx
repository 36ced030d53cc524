// A short name or hint beside what is hovered or focused. Never the only carrier of information.

import { Slot } from "radix-ui";
import { type ReactNode, type SyntheticEvent, useEffect, useId } from "react";
import { create } from "zustand";
import { deferred } from "./deferred";

const DELAY_MS = 400;
/** So soon after another tooltip the next one does not wait. */
const SKIP_DELAY_MS = 200;

export type Tip = {
  readonly id: string;
  readonly anchor: Element;
  readonly text: ReactNode;
  readonly keys?: string | undefined;
  readonly side: "top" | "right" | "bottom" | "left";
};

type Props = Pick<Tip, "text" | "keys"> & {
  readonly side?: Tip["side"] | undefined;
  /** One element that takes a ref and props. */
  readonly children: ReactNode;
};

/** There is never more than one. */
const useTip = create<{ readonly tip: Tip | null }>(() => ({ tip: null }));
let timer: ReturnType<typeof setTimeout> | undefined;
let hiddenAtMs = 0;

function showTip(tip: Tip, delayMs: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => useTip.setState({ tip }), delayMs);
}

function hideTip(): void {
  clearTimeout(timer);
  if (useTip.getState().tip) hiddenAtMs = Date.now();
  useTip.setState({ tip: null });
}

export function Tooltip({ text, keys, side = "bottom", children }: Props) {
  const id = useId();
  const isShown = useTip((state) => state.tip?.id === id);
  useEffect(() => {
    if (isShown) return hideTip;
  }, [isShown]);
  const tipAt = ({ currentTarget }: SyntheticEvent): Tip => ({
    id,
    anchor: currentTarget,
    text,
    keys,
    side,
  });
  return (
    <Slot.Root
      {...(isShown ? { "aria-describedby": id } : {})}
      onPointerEnter={(event) => {
        if (event.pointerType === "touch") return;
        showTip(tipAt(event), Date.now() - hiddenAtMs < SKIP_DELAY_MS ? 0 : DELAY_MS);
      }}
      onPointerLeave={hideTip}
      onPointerDown={hideTip}
      onFocus={(event) => {
        if (event.currentTarget.matches(":focus-visible")) showTip(tipAt(event), 0);
      }}
      onBlur={hideTip}
    >
      {children}
    </Slot.Root>
  );
}

const TooltipSurface = deferred(() =>
  import("./tooltip-surface").then((module) => module.TooltipSurface),
);

/** Once, around the app. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  const { tip } = useTip();
  return (
    <>
      {children}
      {tip && <TooltipSurface key={tip.id} tip={tip} onClose={hideTip} />}
    </>
  );
}
