// Pinning in the name of who edits, at this moment.

import type { Editor } from "./editor-context";
import { type PinMaker, setPin } from "./model/pins";
import type { Item, Recipe } from "./model/types";

export function makerOf({ person }: Editor): PinMaker {
  return { at: new Date().toISOString(), by: person };
}

/** Pins these items as the node's output; null sets it free. */
export function pinning(editor: Editor, id: string, items: readonly Item[] | null): Recipe {
  const maker = makerOf(editor);
  return (document) => setPin(document, id, items, maker);
}
