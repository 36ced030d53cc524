// Which nodes cannot take the wire that is being drawn: they step back while it is.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Editor } from "../editor-context";
import { inputFor, outputFor } from "../model/connect";
import type { PortRef } from "../model/types";

/** The loose wire: it hangs on an output or on an input. */
export type LooseWire = { readonly end: PortRef; readonly role: "source" | "target" };

const NOBODY: ReadonlySet<string> = new Set();

const store = createStore<{ readonly dimmed: ReadonlySet<string> }>(() => ({ dimmed: NOBODY }));

/** Starts to dim what does not fit this wire; null ends it. */
export function showTargetsFor(editor: Editor, wire: LooseWire | null): void {
  store.setState({ dimmed: wire ? unfit(editor, wire) : NOBODY });
}

function unfit(editor: Editor, { end, role }: LooseWire): ReadonlySet<string> {
  const { document } = editor.docStore.getState();
  const { byType } = editor.catalog;
  const fits = (id: string) =>
    role === "source" ? inputFor(document, byType, end, id) : outputFor(document, byType, id, end);
  const others = document.nodes.filter(({ id }) => id !== end[0] && fits(id) === null);
  return new Set(others.map(({ id }) => id));
}

export function useDimmed(id: string): boolean {
  return useStore(store, ({ dimmed }) => dimmed.has(id));
}
