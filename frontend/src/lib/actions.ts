// The one list of actions: menus, the command palette, shortcuts and the shortcut sheet all read it.

import type { LucideIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import { create } from "zustand";

/**
 * Where an action's keys work. The focused place decides which scopes listen, innermost first:
 * an open dialog shuts out everything else; fields and code editors leave single keys to typing.
 */
export type Scope = "dialog" | "code" | "field" | "canvas" | "page" | "app";

export type Action = {
  /** Stable, `<feature>.<verb>`. */
  readonly id: string;
  readonly label: string;
  /** Heading in the palette and the shortcut sheet. */
  readonly group: string;
  readonly scope: Scope;
  readonly icon?: LucideIcon;
  /** Chords such as `mod+k`, `shift+n`, `?`; a space makes a sequence: `g h`. */
  readonly keys?: readonly string[];
  /** More words by which the palette finds it. */
  readonly synonyms?: readonly string[];
  /** Absent: always. */
  readonly when?: () => boolean;
  /** Keep it out of the command palette (arrow keys and the like). */
  readonly keysOnly?: boolean;
  /** Listed in the palette only for who searches, and only the first that fit. */
  readonly searchOnly?: boolean;
  readonly run: () => void;
};

type ActionList = { readonly sets: readonly (readonly Action[])[] };

const useList = create<ActionList>(() => ({ sets: [] }));

/** Adds actions; the answer takes them away. What came last is asked first. */
export function registerActions(actions: readonly Action[]): () => void {
  useList.setState(({ sets }) => ({ sets: [actions, ...sets] }));
  return () => useList.setState(({ sets }) => ({ sets: sets.filter((set) => set !== actions) }));
}

/** Offers these actions while the component is mounted. Always runs their newest closures. */
export function useActions(actions: readonly Action[]): void {
  const newest = useRef(actions);
  useEffect(() => {
    newest.current = actions;
  });
  const shape = JSON.stringify(actions.map(({ id, label, keys }) => [id, label, keys]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the list's content.
  useEffect(() => {
    const find = (id: string) => newest.current.find((action) => action.id === id);
    return registerActions(
      newest.current.map((action) => ({
        ...action,
        when: () => find(action.id)?.when?.() ?? true,
        run: () => find(action.id)?.run(),
      })),
    );
  }, [shape]);
}

/** All registered actions, for lists of them. */
export function useActionList(): readonly Action[] {
  return useList((list) => list.sets).flat();
}

/** Runs an action by id, if it is there and may run now. */
export function runAction(id: string): void {
  const action = registered().find((candidate) => candidate.id === id);
  if (action && isEnabled(action)) action.run();
}

export function isEnabled(action: Action): boolean {
  return action.when?.() ?? true;
}

/** All actions there are now, the newest first. */
export function registered(): readonly Action[] {
  return useList.getState().sets.flat();
}
