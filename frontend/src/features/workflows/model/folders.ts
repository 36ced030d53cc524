// The tree of folders: the way to one, what lies in one, where something may be moved.

import type { WorkflowFolder } from "@/api/types";

type Folders = readonly WorkflowFolder[];

/** From the top down to the folder itself; empty where it is not there. */
export function pathTo(folders: Folders, id: string | null | undefined): Folders {
  const path: WorkflowFolder[] = [];
  let at = folders.find((folder) => folder.id === id);
  while (at && !path.includes(at)) {
    path.unshift(at);
    const above = at.parent_id;
    at = folders.find((folder) => folder.id === above);
  }
  return path;
}

export function foldersIn(folders: Folders, parent: string | null): Folders {
  return folders.filter((folder) => folder.parent_id === parent);
}

export type Place = { readonly folder: WorkflowFolder; readonly depth: number };

/** Every folder below its parent; without the one that is moved, and what lies in it. */
export function placesFor(folders: Folders, moved: string | null): readonly Place[] {
  const below = (parent: string | null, depth: number): readonly Place[] =>
    foldersIn(folders, parent)
      .filter(({ id }) => id !== moved)
      .flatMap((folder) => [{ folder, depth }, ...below(folder.id, depth + 1)]);
  return below(null, 0);
}
