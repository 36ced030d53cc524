// Bringing data into fields: the field that takes a reference, and what is being dragged.

import { createContext, useContext } from "react";
import { createStore, type StoreApi } from "zustand/vanilla";

/** A field that can take a reference. */
export type MappingTarget = {
  readonly label: string;
  /** Puts `$("Node").item.json.key` in at the caret, with braces where they are needed. */
  readonly insert: (expression: string) => void;
  readonly focus: () => void;
};

export type Mapping = {
  /** The field that was focused last. */
  readonly target: MappingTarget | null;
  /** A data row is being dragged, so fields light up. */
  readonly isDragging: boolean;
};

export type MappingStore = StoreApi<Mapping>;

export function createMappingStore(): MappingStore {
  return createStore<Mapping>(() => ({ target: null, isDragging: false }));
}

export const MappingContext = createContext<MappingStore | null>(null);

export function useMapping(): MappingStore {
  const store = useContext(MappingContext);
  if (!store) throw new Error("This component needs a MappingContext above it.");
  return store;
}

export const REFERENCE_MIME = "application/x-headrace-reference";

/** The key of the row and the expression that reads it, as they travel with a drag. */
export type DraggedReference = { readonly name: string; readonly expression: string };

/** Also as plain text, so that any text field of the machine can take it. */
export function putReference(transfer: DataTransfer, reference: DraggedReference): void {
  transfer.setData(REFERENCE_MIME, JSON.stringify(reference));
  transfer.setData("text/plain", `{{ ${reference.expression} }}`);
  transfer.effectAllowed = "copy";
}

export function hasReference(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes(REFERENCE_MIME) ?? false;
}

export function takeReference(transfer: DataTransfer | null): DraggedReference | null {
  const text = transfer?.getData(REFERENCE_MIME) ?? "";
  return text === "" ? null : (JSON.parse(text) as DraggedReference);
}
