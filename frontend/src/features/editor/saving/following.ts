// Somebody who may only look sees what others save.

import type { DocumentStore } from "../document-store";
import type { DraftServer } from "./autosave";

/** Shows the newest draft, if this revision is newer than what is shown. */
export async function followAsReader(
  store: DocumentStore,
  server: DraftServer,
  revision: number,
): Promise<void> {
  if (revision <= store.getState().saved.revision) return;
  const draft = await server.fetch();
  if (!draft || draft.revision <= store.getState().saved.revision) return;
  const { document, problems } = draft;
  store.setState({ document, problems, saved: { document, revision: draft.revision } });
}
