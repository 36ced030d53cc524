// The shape of data as a tree of keys with types and samples: from real items, or from a schema.

import type { Item, JsonObject, JsonSchema, JsonValue } from "@/api/types";
import { resolve } from "./fields";
import { isList, isObject, objectOf, type Path } from "./json";

export type DataType = "text" | "number" | "boolean" | "date" | "list" | "object" | "null" | "file";

export type DataNode = {
  readonly key: string;
  readonly path: Path;
  readonly type: DataType;
  /** The value of the item that is looked at; undefined where only the shape is known. */
  readonly value: JsonValue | undefined;
  readonly children: readonly DataNode[];
};

const ITEMS_READ = 50;
const ELEMENTS_READ = 20;
const MAX_DEPTH = 12;

/**
 * Keys of all of the first items, with samples of the one that is looked at. Elements of a list
 * are one child, `[0]`, with the keys of all of them.
 */
export function treeOf(items: readonly Item[], index: number): readonly DataNode[] {
  const current = items[index]?.json ?? items[0]?.json ?? {};
  const all = items.slice(0, ITEMS_READ).map((item) => item.json);
  return childrenOf(current, all, [], 0);
}

function childrenOf(
  current: JsonObject,
  all: readonly JsonObject[],
  path: Path,
  depth: number,
): readonly DataNode[] {
  const keys = new Set([...all, current].flatMap((object) => Object.keys(object)));
  return [...keys].map((key) => {
    const values = all.flatMap((object) => (key in object ? [object[key] as JsonValue] : []));
    return nodeOf(key, [...path, key], current[key], values, depth);
  });
}

function nodeOf(
  key: string,
  path: Path,
  value: JsonValue | undefined,
  values: readonly JsonValue[],
  depth: number,
): DataNode {
  const telling = value ?? values.find((one) => one !== null) ?? null;
  const type = typeOf(telling);
  return { key, path, type, value, children: depth > MAX_DEPTH ? [] : inner(type) };

  function inner(found: DataType): readonly DataNode[] {
    if (found === "object") {
      return childrenOf(objectOf(value), values.filter(isObject), path, depth + 1);
    }
    if (found !== "list") return [];
    const elements = [value, ...values]
      .filter(isList)
      .flatMap((list) => list.slice(0, ELEMENTS_READ));
    const [first] = elements;
    if (first === undefined) return [];
    const current = isList(value) ? value[0] : undefined;
    return [nodeOf("[0]", [...path, 0], current, elements, depth + 1)];
  }
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

export function typeOf(value: JsonValue): DataType {
  if (value === null) return "null";
  if (isList(value)) return "list";
  if (typeof value === "string") return ISO_DATE.test(value) ? "date" : "text";
  if (typeof value === "object") return "object";
  return typeof value === "number" ? "number" : "boolean";
}

/** The tree that a node promises by its declared output schema. */
export function treeOfSchema(schema: JsonSchema): readonly DataNode[] {
  return schemaChildren(schema, schema, [], 0);
}

function schemaChildren(
  schema: JsonSchema,
  root: JsonSchema,
  path: Path,
  depth: number,
): readonly DataNode[] {
  if (depth > MAX_DEPTH) return [];
  return Object.entries(objectOf(schema["properties"])).map(([key, property]) =>
    schemaNode(key, [...path, key], objectOf(property), root, depth),
  );
}

function schemaNode(
  key: string,
  path: Path,
  declared: JsonObject,
  root: JsonSchema,
  depth: number,
): DataNode {
  const { schema } = resolve(declared, root);
  const type = SCHEMA_TYPES[String(schema["type"])] ?? "text";
  const children =
    type === "list" && isObject(schema["items"])
      ? [schemaNode("[0]", [...path, 0], schema["items"], root, depth + 1)]
      : schemaChildren(schema, root, path, depth + 1);
  return { key, path, type, value: undefined, children };
}

const SCHEMA_TYPES: Readonly<Record<string, DataType>> = {
  string: "text",
  integer: "number",
  number: "number",
  boolean: "boolean",
  array: "list",
  object: "object",
  null: "null",
};

/** A value in a few words: text cut short, lists and objects by their size. */
export function sampleOf(value: JsonValue | undefined, maxLength = 200): string {
  if (value === undefined) return "";
  if (isList(value)) return `[${value.length}]`;
  if (isObject(value)) return `{${Object.keys(value).length}}`;
  const text = value === null ? "null" : String(value);
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}

/** Nodes whose key or sample holds the words searched for, with the way down to them. */
export function filterTree(nodes: readonly DataNode[], query: string): readonly DataNode[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return nodes;
  return nodes.flatMap((node) => {
    const hit =
      node.key.toLowerCase().includes(wanted) ||
      sampleOf(node.value).toLowerCase().includes(wanted);
    if (hit) return [node];
    const children = filterTree(node.children, wanted);
    return children.length > 0 ? [{ ...node, children }] : [];
  });
}
