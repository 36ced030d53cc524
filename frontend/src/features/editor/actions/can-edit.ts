// The common condition of every action that changes the document.

import type { Editor } from "../editor-context";

export const canEdit = (editor: Editor) => (): boolean => !editor.docStore.getState().readOnly;
