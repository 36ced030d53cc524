// What floats on the canvas and may appear a moment after it.

import { deferred } from "@/ui/deferred";

export const EmptyCanvas = deferred(() =>
  import("./empty-canvas").then((module) => module.EmptyCanvas),
);
export const Minimap = deferred(() => import("./minimap").then((module) => module.Minimap));
export const FirstSteps = deferred(() =>
  import("../first-steps").then((module) => module.FirstSteps),
);
export const RestoreBanner = deferred(() =>
  import("../restore-banner").then((module) => module.RestoreBanner),
);
export const QuickAddHost = deferred(() =>
  import("./quick-add-host").then((module) => module.QuickAddHost),
);
