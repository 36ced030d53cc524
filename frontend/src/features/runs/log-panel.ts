// The log of the watched run, loaded when it is opened or nothing else is to do.

import { deferred } from "@/ui/deferred";

export const LogPanel = deferred(() => import("./run-log").then((module) => module.RunLog));
