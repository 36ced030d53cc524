// What a model is told of a node that is lent as a tool: as the platform words it (runner/agents/naming.py).

import type { NodeSpec, WorkflowDocument } from "@/api/types";
import { attachedTo, bondsOf, nodeById } from "@/features/editor";

const LONGEST_NAME = 60;
export const LONGEST_TEXT = 1_000;

/** The name of a node as its agent's model sees it; undefined where the node is no tool. */
export function toolName(document: WorkflowDocument, node: string): string | undefined {
  const bond = bondsOf(document, node).find(({ to }) => to[1] === "tools");
  if (!bond) return undefined;
  const taken = new Set<string>();
  for (const { from } of attachedTo(document, bond.to[0], "tools")) {
    const tool = nodeById(document, from[0]);
    // What is switched off is lent to nobody, and takes no name.
    if (!tool || (tool.disabled && tool.id !== node)) continue;
    const name = freeOf(taken, wordOf(tool.name));
    if (tool.id === node) return name;
    taken.add(name);
  }
  return undefined;
}

/** What stands for a note that is not given. */
export function ownDescription(name: string, { documentation }: NodeSpec): string {
  const [paragraph = ""] = documentation.split("\n\n");
  return `${name}: ${paragraph.split(/\s+/).filter(Boolean).join(" ")}`.slice(0, LONGEST_TEXT);
}

function wordOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^a-z0-9]+/g, "_");
  return plain.replace(/^_+|_+$/g, "").slice(0, LONGEST_NAME) || "tool";
}

function freeOf(taken: ReadonlySet<string>, word: string): string {
  let name = word;
  for (let number = 2; taken.has(name); number += 1) name = `${word}_${number}`;
  return name;
}
