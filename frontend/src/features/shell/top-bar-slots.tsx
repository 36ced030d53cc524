// Places in the top bar that the open page fills: where it is, its tabs, its actions.

import { createContext, type ReactNode, useContext } from "react";
import { createPortal } from "react-dom";

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

/** One step of the path behind the tenant's name. */
export function Crumb({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <span aria-hidden="true" className="text-fg-subtle select-none">
        ›
      </span>
      <span className="flex min-w-0 items-center gap-2 truncate font-semibold">{children}</span>
    </>
  );
}
