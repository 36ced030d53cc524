// What may follow at the caret of an expression: names, keys of real data, methods with their help.

import type { DataNode } from "./data-tree";
import { pathSuffix } from "./reference";

export type Suggestion = {
  readonly label: string;
  /** What is put in; `label` where absent. */
  readonly insert?: string;
  readonly kind: "variable" | "property" | "method" | "function" | "node";
  readonly detail: string;
  readonly help: string;
};

export type Suggestions = {
  /** Where the text that is replaced begins. */
  readonly from: number;
  readonly options: readonly Suggestion[];
};

/** One entry of `GET expressions/reference/`. */
export type ReferenceEntry = {
  readonly name: string;
  readonly kind: "variable" | "function" | "method" | "property" | "constant";
  /** The namespace or the kind of value that it stands behind; empty for names that stand alone. */
  readonly owner: string;
  readonly signature: string;
  readonly help: string;
  readonly example: string;
};

export type KnownData = {
  /** What `$json` holds. */
  readonly current: readonly DataNode[];
  readonly nodes: readonly { readonly name: string; readonly tree: readonly DataNode[] }[];
  readonly reference: readonly ReferenceEntry[];
  /** What `$vars` holds. */
  readonly variables?: readonly DataNode[];
};

/** Suggestions for the text before the caret, or null outside of braces. */
export function suggestionsFor(before: string, known: KnownData): Suggestions | null {
  const open = before.lastIndexOf("{{");
  if (open < 0 || before.indexOf("}}", open) >= 0) return null;
  const inside = before.slice(open + 2);
  const nodeName = /\$\(\s*(["'])((?:(?!\1).)*)$/.exec(inside);
  if (nodeName) return nodeNames(before, nodeName[2] ?? "", known);
  const chain = CHAIN.exec(inside)?.[0] ?? "";
  const dot = chain.lastIndexOf(".");
  const word = /[\w$]*$/.exec(inside)?.[0] ?? "";
  const from = before.length - word.length;
  if (dot < 0 || !chain.endsWith(`.${word}`)) return names(from, known);
  return members(chain.slice(0, dot).replace(/\?$/, ""), from, known);
}

/** `$("Name")`, `$json`, `name`, then `.key`, `?.key`, `[0]`, `["key"]`, `(…)`, up to the caret. */
const CHAIN =
  /(?:\$\((["'])(?:(?!\1).)*\1\)|[\w$]+)(?:\??\.[\w$]*|\[(?:\d+|(["'])(?:(?!\2).)*\2)\]|\([^()]*\))*$/;

function nodeNames(before: string, typed: string, known: KnownData): Suggestions {
  const options = known.nodes.map(
    ({ name }): Suggestion => ({ label: name, kind: "node", detail: "", help: "" }),
  );
  return { from: before.length - typed.length, options };
}

function names(from: number, known: KnownData): Suggestions {
  const nodes = known.nodes.map(
    ({ name }): Suggestion => ({
      label: `$(${JSON.stringify(name)})`,
      insert: `$(${JSON.stringify(name)}).item.json`,
      kind: "node",
      detail: "",
      help: "",
    }),
  );
  const standalone = known.reference.filter((entry) => entry.owner === "").map(fromReference);
  const owners = known.reference.filter(({ kind, owner }) => owner !== "" && STATIC.includes(kind));
  const namespaces = [...new Set(owners.map(({ owner }) => owner))].map(
    (label): Suggestion => ({ label, kind: "variable", detail: "", help: "" }),
  );
  return { from, options: [...standalone, ...nodes, ...namespaces] };
}

/** What stands behind the name of a namespace, such as `Math.max`; the rest behind values. */
const STATIC: readonly string[] = ["function", "constant"];

function members(owner: string, from: number, known: KnownData): Suggestions {
  const data = dataOf(owner, known);
  const owners = ownersOf(owner, data);
  const isNamespace = known.reference.some((entry) => isStatic(entry) && entry.owner === owner);
  const entries = known.reference.filter((entry) =>
    isNamespace
      ? isStatic(entry) && entry.owner === owner
      : !isStatic(entry) && owners.includes(entry.owner),
  );
  const keys = (data?.children ?? []).map(
    (node): Suggestion => ({
      label: node.key,
      insert: pathSuffix([node.path.at(-1) ?? ""]).replace(/^\./, ""),
      kind: "property",
      detail: node.type,
      help: "",
    }),
  );
  const ofItem = ITEM.test(owner) ? ["json", "binary"].map(member) : [];
  return { from, options: [...keys, ...ofItem, ...entries.map(fromReference)] };
}

const isStatic = (entry: ReferenceEntry): boolean => STATIC.includes(entry.kind);

const ITEMS = /^(?:\$\((["'])(?:(?!\1).)*\1\)|\$input)$/;
const ITEM = /^(?:\$\((["'])(?:(?!\1).)*\1\)|\$input)\.(?:item|first\(\)|last\(\))$/;
const MOMENT = /^\$(?:now|today)$/;

const OWNERS_BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  text: ["String"],
  date: ["String"],
  number: ["Number"],
  list: ["Array"],
  object: ["Object"],
  boolean: ["Boolean"],
  null: [],
};

/** The kinds of value that a chain may be; several where nothing is known of it. */
function ownersOf(chain: string, data: Found | null): readonly string[] {
  if (data) return OWNERS_BY_TYPE[data.type] ?? [];
  if (ITEMS.test(chain)) return ["Items"];
  if (ITEM.test(chain)) return [];
  return MOMENT.test(chain) ? ["DateTime"] : ["String", "Number", "Array", "DateTime"];
}

const member = (label: string): Suggestion => ({ label, kind: "property", detail: "", help: "" });

type Found = { readonly type: string; readonly children: readonly DataNode[] };

/** The data that `$json.a` or `$("Name").item.json.a` stands for. */
function dataOf(owner: string, known: KnownData): Found | null {
  const current = /^\$json((?:.)*)$/.exec(owner);
  if (current) return descend(known.current, current[1] ?? "");
  const shared = /^\$vars((?:.)*)$/.exec(owner);
  if (shared) return descend(known.variables ?? [], shared[1] ?? "");
  const other = /^\$\((["'])(.*?)\1\)\.(?:item|first\(\)|last\(\))\.json(.*)$/.exec(owner);
  if (!other) return null;
  const tree = known.nodes.find(({ name }) => name === other[2])?.tree;
  return tree ? descend(tree, other[3] ?? "") : null;
}

const STEP = /\??\.([\w$]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/g;

function descend(tree: readonly DataNode[], suffix: string): Found | null {
  let at: Found = { type: "object", children: tree };
  let read = 0;
  for (const step of suffix.matchAll(STEP)) {
    if (step.index !== read) return null;
    const key = step[2] === undefined ? (step[1] ?? step[3] ?? "") : "[0]";
    const next = at.children.find((node) => node.key === key);
    if (!next) return null;
    at = next;
    read += step[0].length;
  }
  return read === suffix.length ? at : null;
}

function fromReference(entry: ReferenceEntry): Suggestion {
  const isCall = entry.signature.includes("(");
  return {
    label: entry.name,
    insert: isCall ? `${entry.name}()` : entry.name,
    kind: entry.kind === "constant" ? "property" : entry.kind,
    detail: entry.signature,
    help: [entry.help, entry.example].filter(Boolean).join("\n"),
  };
}
