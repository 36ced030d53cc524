// Which of the shell's own overlays is open.

import { create } from "zustand";

export type Overlay = "palette" | "shortcuts" | null;

export const useShell = create<{ readonly overlay: Overlay }>(() => ({ overlay: null }));

export function showOverlay(overlay: Overlay): void {
  useShell.setState({ overlay });
}
