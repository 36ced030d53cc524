// What is selected and focused on the canvas: apart from the document, so that undo leaves it alone.

import { createStore, type StoreApi } from "zustand/vanilla";

export type Selection = {
  /** Ids of nodes; notes are `note:<id>`, groups `group:<id>`. A group comes with its members. */
  readonly elements: ReadonlySet<string>;
  /** Keys of edges, see `edgeKey`. */
  readonly edges: ReadonlySet<string>;
  /** The one element that is a Tab stop. */
  readonly focused: string | null;
};

export type SelectionStore = StoreApi<Selection>;

const NOTE_PREFIX = "note:";
const GROUP_PREFIX = "group:";
const NOTHING: ReadonlySet<string> = new Set();

export const noteElement = (id: string): string => NOTE_PREFIX + id;
export const isNoteElement = (element: string): boolean => element.startsWith(NOTE_PREFIX);
export const noteIdOf = (element: string): string => element.slice(NOTE_PREFIX.length);

export const groupElement = (id: string): string => GROUP_PREFIX + id;
export const isGroupElement = (element: string): boolean => element.startsWith(GROUP_PREFIX);
export const groupIdOf = (element: string): string => element.slice(GROUP_PREFIX.length);

export function createSelectionStore(): SelectionStore {
  return createStore<Selection>(() => ({ elements: NOTHING, edges: NOTHING, focused: null }));
}

/** Selects exactly these elements; the last one gets the focus. */
export function select(store: SelectionStore, elements: readonly string[]): void {
  store.setState({
    elements: new Set(elements),
    edges: NOTHING,
    focused: elements.at(-1) ?? store.getState().focused,
  });
}

export function clearSelection(store: SelectionStore): void {
  store.setState({ elements: NOTHING, edges: NOTHING });
}

export function selectedNodes(selection: Selection): readonly string[] {
  return [...selection.elements].filter(
    (element) => !isNoteElement(element) && !isGroupElement(element),
  );
}

export function selectedNotes(selection: Selection): readonly string[] {
  return [...selection.elements].filter(isNoteElement).map(noteIdOf);
}

export function selectedGroups(selection: Selection): readonly string[] {
  return [...selection.elements].filter(isGroupElement).map(groupIdOf);
}
