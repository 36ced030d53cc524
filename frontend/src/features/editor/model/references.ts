// Names of nodes inside expressions, `$("New order")`: finding them and carrying them over a rename.
// Only stored expressions are read, never literals, and strings inside an expression stay as they are.

import type { JsonValue, WorkflowNode } from "./types";

export type Reference = { readonly name: string; readonly start: number; readonly end: number };

/** Every `$("…")` of a template; `start` and `end` enclose the quoted name. */
export function referencesIn(template: string): readonly Reference[] {
  const found: Reference[] = [];
  let at = template.indexOf("{{");
  while (at >= 0) {
    at = scanExpression(template, at + 2, found);
    at = template.indexOf("{{", at);
  }
  return found;
}

/** Reads one expression from behind its `{{`; gives the place behind its `}}`. */
function scanExpression(text: string, start: number, found: Reference[]): number {
  let at = start;
  while (at < text.length && !text.startsWith("}}", at)) {
    const call = CALL.exec(text.slice(at));
    if (call && !isWordBefore(text, at)) {
      const open = at + call[0].length - 1;
      const end = endOfString(text, open);
      found.push({ name: unquote(text.slice(open, end)), start: open, end });
      at = end;
    } else {
      at = QUOTES.includes(text.charAt(at)) ? endOfString(text, at) : at + 1;
    }
  }
  return Math.min(at + 2, text.length);
}

const QUOTES = "\"'`";
const CALL = /^\$\s*\(\s*["'`]/;

const isWordBefore = (text: string, at: number): boolean => /[\w$]/.test(text.charAt(at - 1));

function endOfString(text: string, open: number): number {
  const quote = text.charAt(open);
  let at = open + 1;
  while (at < text.length && text.charAt(at) !== quote) at += text.charAt(at) === "\\" ? 2 : 1;
  return Math.min(at + 1, text.length);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}

/** Rewrites every reference whose name is in `names`. */
export function renameReferences(template: string, names: ReadonlyMap<string, string>): string {
  let result = "";
  let copied = 0;
  for (const { name, start, end } of referencesIn(template)) {
    const next = names.get(name);
    if (next !== undefined) {
      result += template.slice(copied, start) + JSON.stringify(next);
      copied = end;
    }
  }
  return copied === 0 ? template : result + template.slice(copied);
}

/** Applies `change` to every expression of a parameter value; untouched parts stay the same object. */
export function mapExpressions(value: JsonValue, change: (template: string) => string): JsonValue {
  if (Array.isArray(value)) return mapList(value, change);
  if (typeof value !== "object" || value === null) return value;
  const object = value as Readonly<Record<string, JsonValue>>;
  const marked = object["="];
  if (marked !== undefined && Object.keys(object).length === 1) {
    const next = typeof marked === "string" ? change(marked) : marked;
    return next === marked ? value : { "=": next };
  }
  return mapObject(object, change);
}

function mapList(list: readonly JsonValue[], change: (template: string) => string): JsonValue {
  const next = list.map((value) => mapExpressions(value, change));
  return next.every((value, index) => value === list[index]) ? (list as JsonValue) : next;
}

function mapObject(
  object: Readonly<Record<string, JsonValue>>,
  change: (template: string) => string,
) {
  const entries = Object.entries(object).map(
    ([key, value]) => [key, mapExpressions(value, change)] as const,
  );
  const same = entries.every(([key, value]) => value === object[key]);
  return same ? object : Object.fromEntries(entries);
}

/** The node with all its references to renamed nodes carried over. */
export function renameInNode(node: WorkflowNode, names: ReadonlyMap<string, string>): WorkflowNode {
  const params = mapExpressions(node.params, (template) => renameReferences(template, names));
  return params === node.params ? node : { ...node, params: params as WorkflowNode["params"] };
}

/** Names of the nodes that a node's expressions read. */
export function namesReadBy(node: WorkflowNode): ReadonlySet<string> {
  const names = new Set<string>();
  mapExpressions(node.params, (template) => {
    for (const reference of referencesIn(template)) names.add(reference.name);
    return template;
  });
  return names;
}
