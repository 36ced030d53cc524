// Places in the top bar that the open page fills: where it is, its tabs, its actions.

import { createContext, type ReactNode, useContext } from "react";
import { createPortal } from "react-dom";
import { cx } from "@/lib/cx";

export type TopBarSlotName = "crumbs" | "tabs" | "actions";

export type TopBarSlots = { readonly [name in TopBarSlotName]: HTMLElement | null };

export const NO_SLOTS: TopBarSlots = { crumbs: null, tabs: null, actions: null };

export const TopBarSlotsContext = createContext<TopBarSlots>(NO_SLOTS);

type Props = { readonly name: TopBarSlotName; readonly children: ReactNode };

/** Shows its children in the top bar while it is mounted. */
export function TopBarSlot({ name, children }: Props) {
  const place = useContext(TopBarSlotsContext)[name];
  return place ? createPortal(children, place) : null;
}

type CrumbProps = {
  readonly children: ReactNode;
  /** Where room is scarce the others give way to it. */
  readonly kept?: boolean;
};

/** One step of the path behind the tenant's name. */
export function Crumb({ children, kept = false }: CrumbProps) {
  return (
    <>
      <span aria-hidden="true" className="text-fg-subtle select-none">
        ›
      </span>
      <span
        className={cx(
          "flex items-center gap-2 font-semibold [&>a]:truncate",
          kept ? "shrink-0" : "min-w-0 truncate",
        )}
      >
        {typeof children === "string" ? <span className="truncate">{children}</span> : children}
      </span>
    </>
  );
}
