// What is drawn around the cards and may appear a moment after them.

import { deferred } from "@/ui/deferred";

export const NoteNode = deferred(() => import("./note-node").then((module) => module.NoteNode));
export const GroupNode = deferred(() => import("./group-node").then((module) => module.GroupNode));
