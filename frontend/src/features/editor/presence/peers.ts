// Who else has this workflow open, as the server says it. Nobody until it does.

import { createStore, type StoreApi } from "zustand/vanilla";
import type { Peer } from "@/api/socket";

export type Presence = {
  readonly people: readonly Peer[];
  /** Takes over the parameters of the node that is open here. */
  readonly takeOver: () => void;
};

export type PresenceStore = StoreApi<Presence>;

export const NOBODY: Presence = { people: [], takeOver: () => undefined };

export function createPresence(): PresenceStore {
  return createStore<Presence>(() => NOBODY);
}

/** Who has the say over a node's parameters: whoever claimed it last. */
export function holderOf(people: readonly Peer[], node: string): Peer | null {
  const holders = people.filter((peer) => peer.holds && peer.node === node);
  return holders.reduce<Peer | null>(
    (last, peer) => (last && last.at > peer.at ? last : peer),
    null,
  );
}

/** Another person who edits this node; their other tab is no other person. */
export function lockOf(people: readonly Peer[], node: string): Peer | null {
  const holder = holderOf(people, node);
  const me = people.find(({ you }) => you)?.person.id;
  return holder && !holder.you && holder.person.id !== me ? holder : null;
}

/** Everybody but this tab, each person once. */
export function othersIn(people: readonly Peer[]): readonly Peer[] {
  const others = people.filter(({ you }) => !you);
  return others.filter(
    ({ person }, at) => others.findIndex((other) => other.person.id === person.id) === at,
  );
}
