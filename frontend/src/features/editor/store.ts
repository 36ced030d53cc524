// Hooks by which components read and change the open workflow.

import { useContext } from "react";
import { useStore } from "zustand";
import type { Commit, DocumentState } from "./document-store";
import { type Editor, EditorContext } from "./editor-context";
import type { WorkflowDocument } from "./model/types";
import type { Selection } from "./selection";
import type { EditorUi } from "./ui-store";

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("This component needs an <EditorProvider> above it.");
  return editor;
}

/** A slice of the document; the component renders again only when the slice changes. */
export function useDocument<T>(selector: (document: WorkflowDocument) => T): T {
  return useStore(useEditor().docStore, (state) => selector(state.document));
}

export function useDocumentState<T>(selector: (state: DocumentState) => T): T {
  return useStore(useEditor().docStore, selector);
}

export function useCommit(): Commit {
  return useEditor().commit;
}

/** What is selected on the canvas. The document does not know. */
export function useSelection(): Selection {
  return useStore(useEditor().selection);
}

/** A slice of the selection, for what is shown many times. */
export function useSelectionSlice<T>(selector: (selection: Selection) => T): T {
  return useStore(useEditor().selection, selector);
}

export function useEditorUi<T>(selector: (ui: EditorUi) => T): T {
  return useStore(useEditor().ui, selector);
}
