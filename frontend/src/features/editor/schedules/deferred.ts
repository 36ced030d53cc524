// When the workflow runs by time: the canvas is painted without it.

import { deferred } from "@/ui/deferred";

export const SchedulesButton = deferred(() =>
  import("./schedules-button").then((module) => module.SchedulesButton),
);
export const SchedulesDialog = deferred(() =>
  import("./schedules-dialog").then((module) => module.SchedulesDialog),
);
