// A Chat trigger of a draft, as the server describes those that are stored (`headrace.chats.doors`).

import type { JsonValue, WorkflowNode } from "@/api/types";
import type { Door } from "../queries";

const CHAT = "triggers.chat";

/** What a conversation begins at; null for any other node. */
export function doorOf({ id, type, disabled, params }: WorkflowNode): Door | null {
  if (type !== CHAT || disabled) return null;
  return {
    node: id,
    title: textOr(params["title"], "Chat"),
    greeting: textOr(params["greeting"], "How can I help you?"),
    placeholder: textOr(params["placeholder"], "Write a message"),
    takes_files: params["takes_files"] === true,
  };
}

const textOr = (value: JsonValue | undefined, fallback: string): string =>
  typeof value === "string" ? value : fallback;
