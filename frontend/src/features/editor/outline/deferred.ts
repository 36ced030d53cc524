// The outline, loaded when it is opened or nothing else is to do.

import { deferred } from "@/ui/deferred";

export const OutlinePanel = deferred(() =>
  import("./outline-panel").then((module) => module.OutlinePanel),
);
