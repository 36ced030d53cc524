// What floats on the canvas or is drawn around its nodes, and may appear a moment after them.

import { deferred } from "@/ui/deferred";

export const EmptyCanvas = deferred(() =>
  import("./empty-canvas").then((module) => module.EmptyCanvas),
);
export const Minimap = deferred(() => import("./minimap").then((module) => module.Minimap));
export const NoteNode = deferred(() => import("./note-node").then((module) => module.NoteNode));
export const GroupNode = deferred(() => import("./group-node").then((module) => module.GroupNode));
export const FirstSteps = deferred(() =>
  import("../first-steps").then((module) => module.FirstSteps),
);
export const RestoreBanner = deferred(() =>
  import("../restore-banner").then((module) => module.RestoreBanner),
);
