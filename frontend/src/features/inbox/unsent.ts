// Decisions that reached no server yet: kept on this device, and sent as soon as one answers again.

import type { QueryClient } from "@tanstack/react-query";
import { create } from "zustand";
import { api } from "@/api/client";
import { isProblem, messageOf, OfflineError } from "@/api/problem";
import { keys } from "@/api/queries";
import { refresh } from "@/api/refresh";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import type { Decision } from "./pending";

export type Unsent = Decision & { readonly id: string; readonly title: string };

type State = {
  /** Whose decisions these are: a device may be shared. */
  readonly person: string;
  readonly decisions: readonly Unsent[];
};

const NOBODY = "";
const useState = create<State>(() => ({ person: NOBODY, decisions: [] }));
let isSending = false;

const placeOf = (person: string): string => `headrace.inbox.${person}`;

/** The decisions of this person that wait for the network, oldest first. */
export function useUnsent(): readonly Unsent[] {
  return useState((state) => state.decisions);
}

/** Takes up what this person decided here before and could not send. */
export function takeUp(person: string): void {
  if (useState.getState().person === person) return;
  useState.setState({ person, decisions: read(person) });
}

/** The promise is kept even when the page is closed meanwhile. */
export function keep(decision: Unsent): void {
  change((before) => [...before.filter(({ id }) => id !== decision.id), decision]);
}

/** Takes a decision back before anybody heard of it. */
export function drop(id: string): void {
  change((before) => before.filter((one) => one.id !== id));
}

/** Sends one after the other; what still finds no server stays. */
export async function sendUnsent(client: QueryClient): Promise<void> {
  if (isSending || useState.getState().decisions.length === 0) return;
  isSending = true;
  try {
    for (const decision of useState.getState().decisions) await sendOne(decision);
    await refresh(client, keys.approvals);
  } catch (error) {
    if (!(error instanceof OfflineError)) throw error;
  } finally {
    isSending = false;
  }
}

async function sendOne(decision: Unsent): Promise<void> {
  try {
    await tellServer(decision, false);
  } catch (error) {
    // Whose session is over signs in again and decides then.
    if (error instanceof OfflineError || isProblem(error, 401)) throw new OfflineError(error);
    sayRefused(error, decision.title);
  }
  drop(decision.id);
}

/** One decision to the server. Raises OfflineError where none is reached. */
export function tellServer(
  { id, answer, reason, corrections }: Omit<Unsent, "title">,
  isLeaving: boolean,
): Promise<void> {
  const isCorrected = answer === "approve" && Object.keys(corrections ?? {}).length > 0;
  const body = {
    ...(reason.trim() === "" ? {} : { reason: reason.trim() }),
    ...(isCorrected ? { corrections } : {}),
  };
  return api.post<void>(`approvals/${id}/${answer}/`, body, { keepalive: isLeaving });
}

export function sayRefused(error: unknown, title: string): void {
  toast(t(isProblem(error, 409) ? "inbox.tooLate" : "inbox.failed"), {
    kind: "error",
    description: `${title}: ${messageOf(error)}`,
    key: "inbox",
  });
}

function change(make: (before: readonly Unsent[]) => readonly Unsent[]): void {
  const { person, decisions: before } = useState.getState();
  const decisions = make(before);
  useState.setState({ person, decisions });
  if (decisions.length > 0) localStorage.setItem(placeOf(person), JSON.stringify(decisions));
  else localStorage.removeItem(placeOf(person));
}

function read(person: string): readonly Unsent[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(placeOf(person)) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}
