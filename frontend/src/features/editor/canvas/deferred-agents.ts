// What only agents and their sub-nodes show, and may appear a moment after their cards.

import { deferred } from "@/ui/deferred";

export const SlotRow = deferred(() => import("./slot-row").then((module) => module.SlotRow));
export const StreamBox = deferred(() => import("./stream-box").then((module) => module.StreamBox));
export const SubBody = deferred(() => import("./sub-body").then((module) => module.SubBody));
