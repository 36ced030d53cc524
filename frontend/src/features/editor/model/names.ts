// Fresh ids and free names.

import type { WorkflowDocument } from "./types";

const ALPHABET = "0123456789abcdefghijkmnpqrstuvwxyz";
const ID_LENGTH = 8;

/** A short random id; 34^8 values make a clash inside one document practically impossible. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_LENGTH));
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join("");
}

export function namesIn(document: WorkflowDocument): ReadonlySet<string> {
  return new Set(document.nodes.map((node) => node.name));
}

/** `base`, or `base 2`, `base 3` … where that is taken. A number at the end of `base` counts on. */
export function freeName(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  const stem = base.replace(/ \d+$/, "");
  let number = 2;
  while (taken.has(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
}
