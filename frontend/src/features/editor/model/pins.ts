// Pinned outputs of a draft: the items, and beside them when they were pinned, by whom, and what the
// node was then. The engine reads the items alone.

import { equalJson, isJsonObject } from "./json";
import { unpinned } from "./kept-pins";
import { mapExpressions, renameReferences } from "./references";
import {
  type Item,
  nodeById,
  type PinFacts,
  type WorkflowDocument,
  type WorkflowNode,
} from "./types";

/** When somebody pins something, as ISO 8601, and the name of who does. */
export type PinMaker = Pick<PinFacts, "at" | "by">;

type Pins = Pick<WorkflowDocument, "pins" | "pin_facts">;

/** Freezes a node's output for runs of the draft; null sets it free. */
export function setPin(
  document: WorkflowDocument,
  id: string,
  items: readonly Item[] | null,
  maker?: PinMaker,
): WorkflowDocument {
  const free = unpinned(document, id);
  if (items === null) return free;
  const node = nodeById(document, id);
  const made = maker && node && { [id]: { ...maker, node: printOf(document, node) } };
  return {
    ...free,
    pins: { ...free.pins, [id]: items },
    ...(made && { pin_facts: { ...free.pin_facts, ...made } }),
  };
}

/** What is known of each of these pins: from the first document that holds the very same items. */
export function factsFor(
  pins: NonNullable<Pins["pins"]>,
  sources: readonly WorkflowDocument[],
): NonNullable<Pins["pin_facts"]> {
  const found = Object.entries(pins).flatMap(([id, items]) => {
    const source = sources.find((one) => one.pin_facts?.[id] && equalJson(one.pins?.[id], items));
    const facts = source?.pin_facts?.[id];
    return facts ? [[id, facts] as const] : [];
  });
  return Object.fromEntries(found);
}

/** Whether the node would work otherwise than when its output was pinned; false where nobody knows. */
export function hasChangedSincePin(document: WorkflowDocument, id: string): boolean {
  const facts = document.pin_facts?.[id];
  const node = nodeById(document, id);
  return facts !== undefined && node !== undefined && facts.node !== printOf(document, node);
}

/**
 * A short print of all that decides what a node makes of its input. Nodes that it reads count by their
 * ids, so that renaming one of them is no change.
 */
function printOf(document: WorkflowDocument, node: WorkflowNode): string {
  const ids = new Map(document.nodes.map(({ id, name }) => [name, id]));
  const params = mapExpressions(node.params, (template) => renameReferences(template, ids));
  const { note: _, ...settings } = node.settings ?? {};
  const facts = [node.type, node.version, params, settings, node.credentials ?? {}];
  return fnv1a(JSON.stringify(facts, sortedKeys));
}

const sortedKeys = (_: string, value: unknown): unknown =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a of 32 bits over UTF-16 units (Fowler, Noll, Vo): to see a change, not to withstand anyone. */
function fnv1a(text: string): string {
  let hash = FNV_OFFSET;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
