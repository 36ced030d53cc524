// Filters that a person gave a name, for each list by itself. Remembered on this device.

import { create } from "zustand";
import { persist } from "zustand/middleware";

export type Search = { readonly [name: string]: string | undefined };
export type SavedView = { readonly name: string; readonly search: Search };

type Views = { readonly lists: { readonly [list: string]: readonly SavedView[] } };

export const NAME_LENGTH = 60;

export const useViews = create<Views>()(
  persist((): Views => ({ lists: {} }), { name: "headrace.views", version: 1 }),
);

/** Keeps the filters under this name, in the place of what had it. */
export function saveView(list: string, name: string, search: Search): void {
  change(list, (views) =>
    [...views.filter((view) => view.name !== name), { name, search }].sort((one, other) =>
      one.name.localeCompare(other.name),
    ),
  );
}

export function forgetView(list: string, name: string): void {
  change(list, (views) => views.filter((view) => view.name !== name));
}

/** The saved view that has just these filters. */
export function viewOf(views: readonly SavedView[], search: Search): SavedView | undefined {
  const given = written(search);
  return views.find((view) => written(view.search) === given);
}

function change(list: string, act: (views: readonly SavedView[]) => readonly SavedView[]): void {
  useViews.setState(({ lists }) => ({ lists: { ...lists, [list]: act(lists[list] ?? []) } }));
}

function written(search: Search): string {
  return JSON.stringify(
    Object.entries(search)
      .filter(([, value]) => value)
      .sort(),
  );
}
