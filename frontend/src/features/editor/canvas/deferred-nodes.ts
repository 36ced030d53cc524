// What is drawn around the cards or above one and may appear a moment after them.

import { deferred } from "@/ui/deferred";

export const NoteNode = deferred(() => import("./note-node").then((module) => module.NoteNode));
export const NoteMark = deferred(() => import("./note-mark").then((module) => module.NoteMark));
export const GroupNode = deferred(() => import("./group-node").then((module) => module.GroupNode));
export const NodeTools = deferred(() => import("./node-tools").then((module) => module.NodeTools));
