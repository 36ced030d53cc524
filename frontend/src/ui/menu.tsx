// A list of commands at a button, or at the pointer.

import type { LucideIcon } from "lucide-react";
import { type PointerEvent, type ReactNode, useRef } from "react";
import { deferred } from "./deferred";

export type MenuEntry =
  | "separator"
  | {
      readonly id: string;
      readonly label: string;
      readonly icon?: LucideIcon;
      readonly keys?: string | undefined;
      readonly danger?: boolean;
      readonly disabled?: boolean;
      readonly hint?: string;
      readonly onSelect: () => void;
    };

export type MenuProps = {
  /** One element that takes a ref and props. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly header?: ReactNode;
  readonly align?: "start" | "center" | "end";
  readonly side?: "top" | "right" | "bottom" | "left";
};

export const Menu = deferred<MenuProps>(
  () => import("./menu-surface").then((module) => module.MenuSurface),
  ({ trigger }) => trigger,
);

const ContextMenuSurface = deferred(() =>
  import("./menu-surface").then((module) => module.ContextMenuSurface),
);

type ContextProps = {
  /** A right click or long press on it opens the menu, where there are entries. */
  readonly children: ReactNode;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly className?: string;
};

/** The menu stands beside its children and is told of their events: it may come later than they. */
export function ContextMenu({ children, label, entries, className }: ContextProps) {
  const trigger = useRef<HTMLSpanElement>(null);
  const pass = ({ nativeEvent, pointerType }: PointerEvent) => {
    if (pointerType === "mouse") return;
    trigger.current?.dispatchEvent(new PointerEvent(nativeEvent.type, nativeEvent));
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the menu of what lies in it. */}
      <div
        className={className}
        style={{ WebkitTouchCallout: "none" }}
        onContextMenu={(event) => {
          if (!trigger.current) return;
          event.preventDefault();
          trigger.current.dispatchEvent(new MouseEvent("contextmenu", event.nativeEvent));
        }}
        onPointerDown={pass}
        onPointerMove={pass}
        onPointerUp={pass}
        onPointerCancel={pass}
      >
        {children}
      </div>
      <ContextMenuSurface triggerRef={trigger} label={label} entries={entries} />
    </>
  );
}
