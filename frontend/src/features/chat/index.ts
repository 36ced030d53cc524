// Conversations with a workflow, on a page of their own and beside the canvas. The only door into this feature.

import { deferred } from "@/ui/deferred";

export const ChatDock = deferred(() => import("./chat-dock").then((module) => module.ChatDock));
export const ChatView = deferred(() => import("./chat-view").then((module) => module.ChatView));
