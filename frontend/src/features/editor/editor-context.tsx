// What every part of one open editor shares. The run store has its own provider in features/runs,
// because runs may not depend on the editor.

import "@/lib/messages/plugins";
import "@/lib/messages/editor";
import "@/lib/messages/groups";
import "@/lib/messages/palette";
import "@/lib/messages/runs";
import { createContext, type ReactNode } from "react";
import type { StoreApi } from "zustand/vanilla";
import type { ComparedState } from "@/api/types";
import type { Catalog } from "@/features/palette";
import { type RunStore, RunStoreProvider } from "@/features/runs";
import type { Commit, DocumentStore } from "./document-store";
import type { ChangeKind } from "./model/diff";
import type { PresenceStore } from "./presence/peers";
import type { Saving } from "./saving/autosave";
import type { SelectionStore } from "./selection";
import type { EditorUi } from "./ui-store";

/** How an element differs between two runs (from features/compare) or two documents. */
export type Mark =
  | ChangeKind
  | "idle"
  | "same"
  | "data"
  | "items"
  | "status"
  | Extract<ComparedState, "only_left" | "only_right">;

export type Editor = {
  readonly workflowId: string;
  readonly catalog: Catalog;
  readonly docStore: DocumentStore;
  readonly commit: Commit;
  readonly selection: SelectionStore;
  readonly ui: StoreApi<EditorUi>;
  readonly runStore: RunStore;
  readonly presence: PresenceStore;
  /** The name of who edits; empty where nobody does. */
  readonly person: string;
  /** Null where nothing can be saved: a past run, a viewer. */
  readonly saving: Saving | null;
  /** How nodes and wires differ between two runs or documents; absent where nothing is compared. */
  readonly marks?: ReadonlyMap<string, Mark>;
};

export const EditorContext = createContext<Editor | null>(null);

type Props = { readonly editor: Editor; readonly children: ReactNode };

export function EditorProvider({ editor, children }: Props) {
  return (
    <EditorContext value={editor}>
      <RunStoreProvider store={editor.runStore}>{children}</RunStoreProvider>
    </EditorContext>
  );
}
