// The frame of every page behind the sign-in.

import { Outlet } from "@tanstack/react-router";
import { Suspense, useCallback, useState } from "react";
import { t } from "@/lib/i18n";
import { SkeletonRows } from "@/ui/skeleton";
import { CommandPalette } from "./command-palette";
import { MobileBar } from "./mobile-bar";
import { Rail } from "./rail";
import { ShortcutSheet } from "./shortcut-sheet";
import { TopBar } from "./top-bar";
import { NO_SLOTS, type TopBarSlotName, TopBarSlotsContext } from "./top-bar-slots";
import { useAppActions } from "./use-app-actions";

export function AppShell() {
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
      <CommandPalette />
      <ShortcutSheet />
    </TopBarSlotsContext>
  );
}
