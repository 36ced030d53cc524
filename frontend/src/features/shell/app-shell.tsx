// The frame of every page behind the sign-in.

import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useState } from "react";
import { t } from "@/lib/i18n";
import { SkeletonRows } from "@/ui/skeleton";
import { MobileBar } from "./mobile-bar";
import { Rail } from "./rail";
import { useShell } from "./store";
import { TopBar } from "./top-bar";
import { NO_SLOTS, type TopBarSlotName, TopBarSlotsContext } from "./top-bar-slots";
import { useAppActions } from "./use-app-actions";

const CommandPalette = lazy(() =>
  import("./command-palette").then((module) => ({ default: module.CommandPalette })),
);
const ShortcutSheet = lazy(() =>
  import("./shortcut-sheet").then((module) => ({ default: module.ShortcutSheet })),
);

export function AppShell() {
  const { overlay } = useShell();
  const [slots, setSlots] = useState(NO_SLOTS);
  const [refs] = useState(() => new Map<TopBarSlotName, (element: HTMLElement | null) => void>());
  const slotRef = useCallback(
    (name: TopBarSlotName) => {
      const known = refs.get(name);
      if (known) return known;
      const made = (element: HTMLElement | null) =>
        setSlots((before) => ({ ...before, [name]: element }));
      refs.set(name, made);
      return made;
    },
    [refs],
  );
  useAppActions();
  return (
    <TopBarSlotsContext value={slots}>
      <a
        href="#page"
        className="absolute start-2 top-2 z-60 -translate-y-16 rounded-control bg-accent-solid px-3 py-2 font-medium text-fg-on-solid focus:translate-y-0"
      >
        {t("shell.skip")}
      </a>
      <div className="flex h-full">
        <Rail />
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar slotRef={slotRef} />
          <main id="page" tabIndex={-1} className="min-h-0 flex-1 focus:outline-none">
            <Suspense fallback={<SkeletonRows />}>
              <Outlet />
            </Suspense>
          </main>
          <MobileBar />
        </div>
      </div>
      <Suspense>
        {overlay === "palette" && <CommandPalette />}
        {overlay === "shortcuts" && <ShortcutSheet />}
      </Suspense>
    </TopBarSlotsContext>
  );
}
