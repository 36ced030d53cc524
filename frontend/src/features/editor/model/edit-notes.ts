// Edits of sticky notes.

import { snap } from "./geometry";
import { freshId } from "./names";
import { mapSame, type WorkflowDocument, type WorkflowNote, type XY } from "./types";

export const NOTE_COLORS = ["amber", "violet", "teal", "blue", "pink", "slate"] as const;
export const NOTE_MIN_SIZE: XY = [160, 80];
export const NOTE_HEIGHT = 120;
const NEW_NOTE_SIZE: XY = [240, NOTE_HEIGHT];

const notesOf = (document: WorkflowDocument): readonly WorkflowNote[] => document.notes ?? [];

export function newNote(text: string, position: XY): WorkflowNote {
  const [width, height] = NEW_NOTE_SIZE;
  return { id: freshId(), text, position: snap(position), size: [width, height], color: "amber" };
}

export function addNote(document: WorkflowDocument, note: WorkflowNote): WorkflowDocument {
  return { ...document, notes: [...notesOf(document), note] };
}

export function changeNote(
  document: WorkflowDocument,
  id: string,
  change: Partial<Omit<WorkflowNote, "id">>,
): WorkflowDocument {
  const notes = mapSame(notesOf(document), (note) =>
    note.id === id ? { ...note, ...change } : note,
  );
  return notes === notesOf(document) ? document : { ...document, notes };
}

export function moveNotes(
  document: WorkflowDocument,
  places: ReadonlyMap<string, XY>,
): WorkflowDocument {
  const notes = mapSame(notesOf(document), (note) => {
    const place = places.get(note.id);
    if (!place) return note;
    const [x, y] = snap(place);
    return x === note.position[0] && y === note.position[1]
      ? note
      : { ...note, position: [x, y] as const };
  });
  return notes === notesOf(document) ? document : { ...document, notes };
}

export function deleteNotes(
  document: WorkflowDocument,
  ids: ReadonlySet<string>,
): WorkflowDocument {
  if (ids.size === 0) return document;
  return { ...document, notes: notesOf(document).filter((note) => !ids.has(note.id)) };
}
