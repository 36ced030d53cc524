// What may follow at the caret of a code node: what the sandbox gives the code, and keys of real data.

import type { Suggestion, Suggestions } from "./completion";
import type { DataNode } from "./data-tree";

export type CodeLanguage = "javascript" | "python";

/** Suggestions for the text before the caret; null where only the language itself knows some. */
export function codeSuggestionsFor(
  language: CodeLanguage,
  before: string,
  data: readonly DataNode[],
): Suggestions | null {
  const known = LANGUAGES[language];
  const word = /[\w$]*$/.exec(before)?.[0] ?? "";
  const from = before.length - word.length;
  const owner = before.slice(0, from);
  if (owner.endsWith("$input.")) return { from, options: INPUT.map(given) };
  const path = known.path.exec(owner);
  if (path) {
    const found = descend(data, path[1] ?? "");
    return found && { from, options: found.filter(({ key }) => known.isKey(key)).map(keyOf) };
  }
  if (known.ofItem.test(owner)) return { from, options: OF_ITEM.map(given) };
  if (/[.\])"']$/.test(owner)) return null;
  return { from, options: known.names.map(given) };
}

/** Name, shape, what it is. */
type Given = readonly [label: string, detail: string, help: string];

type Known = {
  /** What stands before a key of an item's data; its group is the way there. */
  readonly path: RegExp;
  readonly ofItem: RegExp;
  /** Can a key be written here as it is? Others are not offered. */
  readonly isKey: (text: string) => boolean;
  readonly names: readonly Given[];
};

const OF_ITEM: readonly Given[] = [
  ["json", "object", "The data of the item."],
  ["binary", "object", "Its files by name."],
];

const INPUT: readonly Given[] = [
  ["all()", "list", "All items."],
  ["first()", "item", "The first item."],
  ["last()", "item", "The last item."],
  ["item", "item", "The item that this call is for."],
];

const LANGUAGES: Readonly<Record<CodeLanguage, Known>> = {
  javascript: {
    path: /(?:\$json|\.json)((?:\??\.[\w$]+|\[[^\]]*\])*)\??\.$/,
    ofItem: /(?:\bitem|\bitems\[\d+\]|\$input\.(?:item|first\(\)|last\(\)))\??\.$/,
    isKey: (text) => /^[A-Za-z_$][\w$]*$/.test(text),
    names: [
      ["items", "list", "All items, in “Once for all items”."],
      ["item", "item", "The item, in “Once for each item”."],
      ["$json", "object", "The data of the item, in “Once for each item”."],
      ["$itemIndex", "number", "The number of the item, from 0."],
      ["$input", "object", "The items by all(), first(), last() and item."],
      ["$execution", "object", "id, mode and number of this execution."],
      ["$workflow", "object", "id and name of this workflow."],
      ["$now", "DateTime", "When this step began, in the time zone of the workflow."],
      ["$today", "DateTime", "The midnight with which that day began."],
      ["DateTime", "luxon", "Dates: now(), fromISO(), fromFormat() and more."],
      ["console", "object", "Writes to the log of the step."],
    ],
  },
  python: {
    path: /(?:\.json|\[["']json["']\])((?:\[[^\]]*\])*)\[["']$/,
    ofItem: /(?:\bitem|\bitems\[-?\d+\])\.$/,
    isKey: (text) => !/["'\\\n]/.test(text),
    names: [
      ["items", "list", "All items, in “Once for all items”."],
      ["item", "item", "The item, in “Once for each item”."],
      ["index", "int", "The number of the item, from 0."],
      ["execution", "dict", "id, mode and number of this execution."],
      ["workflow", "dict", "id and name of this workflow."],
    ],
  },
};

const given = ([label, detail, help]: Given): Suggestion => ({
  label,
  kind: label.endsWith("()") ? "method" : "variable",
  detail,
  help,
});

const keyOf = ({ key, type }: DataNode): Suggestion => ({
  label: key,
  kind: "property",
  detail: type,
  help: "",
});

const STEP = /\??\.([\w$]+)|\[(-?\w+)\]|\[["']([^"']*)["']\]/g;

/** What is below the way that was written; null where nothing is known of it. */
function descend(data: readonly DataNode[], way: string): readonly DataNode[] | null {
  let at = data;
  for (const [, name, index, quoted] of way.matchAll(STEP)) {
    const wanted = index === undefined ? (name ?? quoted) : "[0]";
    const next = at.find((node) => node.key === wanted);
    if (!next) return null;
    at = next.children;
  }
  return at.filter((node) => node.key !== "[0]");
}
