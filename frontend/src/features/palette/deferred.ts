// The two ways to add a node, loaded after the canvas has been painted.

import { deferred } from "@/ui/deferred";

export const QuickAdd = deferred(() => import("./quick-add").then((module) => module.QuickAdd));
export const PalettePanel = deferred(() =>
  import("./palette-panel").then((module) => module.PalettePanel),
);
