// Opens the dialog that renames a node; a note is renamed by writing into it.

import { RenameDialog } from "./dialogs/deferred";
import { nodeById } from "./model/types";
import { isNoteElement } from "./selection";
import { useDocument, useEditorUi } from "./store";

export function RenameHost() {
  const renaming = useEditorUi((ui) => ui.renaming);
  const name = useDocument((document) =>
    renaming === null || isNoteElement(renaming) ? undefined : nodeById(document, renaming)?.name,
  );
  return (
    renaming !== null &&
    name !== undefined && <RenameDialog key={renaming} id={renaming} name={name} />
  );
}
