// The others at this workflow: the canvas is painted without them.

import { deferred } from "@/ui/deferred";

export const PresenceLayer = deferred(() =>
  import("./presence-layer").then((module) => module.PresenceLayer),
);
