// Who is signed in, and what they may do. Hooks for pages behind the sign-in.

import { useSuspenseQuery } from "@tanstack/react-query";
import { sessionQuery } from "@/api/queries";
import type { Session } from "@/api/types";

/** Rights as the server names them. */
export type Verb =
  | "workflow.view"
  | "workflow.edit"
  | "workflow.run"
  | "workflow.publish"
  | "workflow.delete"
  | "execution.cancel"
  | "execution.decide"
  | "execution.delete"
  | "execution.fork"
  | "execution.pause"
  | "execution.retry"
  | "approval.view"
  | "approval.decide"
  | "credential.view"
  | "credential.edit"
  | "credential.share"
  | "credential.delete"
  | "api_key.view"
  | "api_key.create"
  | "api_key.delete"
  | "member.view"
  | "member.invite"
  | "member.edit"
  | "member.delete"
  | "audit.view"
  | "agent.view"
  | "agent.edit"
  | "knowledge.edit"
  | "knowledge.view"
  | "llm.view"
  | "llm.edit"
  | "variable.view"
  | "variable.edit"
  | "plugin.edit"
  | "table.edit"
  | "table.view"
  | "plugin.view";

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

export function useCan(verb: Verb): boolean {
  return can(useSession(), verb);
}

export function can(session: Session, verb: Verb): boolean {
  return session.permissions.includes(verb);
}
