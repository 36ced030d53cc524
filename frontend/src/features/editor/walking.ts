// The arrow keys over what is to be seen: a folded group is one stop, its members are none.

import type { Editor } from "./editor-context";
import { foldedInto, groupById } from "./model/groups";
import { type Direction, neighbour } from "./model/walk";
import { groupElement, groupIdOf, isGroupElement } from "./selection";

/** The element that an arrow key leads to from the focused one; null at an end. */
export function nextElement(editor: Editor, direction: Direction): string | null {
  const { document } = editor.docStore.getState();
  const { focused } = editor.selection.getState();
  const folded = foldedInto(document, editor.ui.getState().folds);
  const start = focused === null ? null : standIn(editor, focused, direction);
  const own = start === null ? undefined : folded.get(start);
  const seen = new Set<string>();
  let at = start;
  do {
    at = neighbour(document, at, direction);
    if (at === null || seen.has(at)) return null;
    seen.add(at);
  } while (own !== undefined && folded.get(at) === own);
  const group = folded.get(at);
  return group === undefined ? at : groupElement(group);
}

/** From a group one goes on as from its member at that side. */
function standIn(editor: Editor, focused: string, direction: Direction): string | null {
  if (!isGroupElement(focused)) return focused;
  const { document } = editor.docStore.getState();
  const members = new Set(groupById(document, groupIdOf(focused))?.nodes);
  const along = direction === "left" || direction === "right" ? 0 : 1;
  const sign = direction === "left" || direction === "up" ? 1 : -1;
  const sorted = document.nodes
    .filter(({ id }) => members.has(id))
    .sort((a, b) => sign * (a.position[along] - b.position[along]));
  return sorted[0]?.id ?? null;
}
