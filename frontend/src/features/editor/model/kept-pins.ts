// Which pins stay when nodes go. Apart from the making of pins, which the first paint does without.

import type { WorkflowDocument } from "./types";

type Pins = Pick<WorkflowDocument, "pins" | "pin_facts">;

/** The pins of the nodes that stay, in the form of the document that they are taken from. */
export function pinsOf(document: WorkflowDocument, stays: (id: string) => boolean): Pins {
  const { pins, pin_facts: facts } = document;
  return {
    ...(pins && { pins: kept(pins, stays) }),
    ...(facts && { pin_facts: kept(facts, stays) }),
  };
}

function kept<T>(record: Readonly<Record<string, T>>, stays: (id: string) => boolean) {
  return Object.fromEntries(Object.entries(record).filter(([id]) => stays(id)));
}

/** Sets a node's output free. */
export function unpinned(document: WorkflowDocument, id: string): WorkflowDocument {
  if (!document.pins?.[id]) return document;
  return { ...document, ...pinsOf(document, (other) => other !== id) };
}
