// Trees as the flat lists that a virtualised view draws: only what is unfolded.

import type { JsonValue } from "@/api/types";
import type { DataNode } from "./data-tree";
import { isList, isObject, type Path, pointerOf } from "./json";

export type TreeRow = {
  readonly node: DataNode;
  readonly id: string;
  readonly depth: number;
  readonly isOpen: boolean;
};

/** Rows of a data tree. `toggled` holds those whose state differs from `openDepth`'s. */
export function treeRows(
  nodes: readonly DataNode[],
  toggled: ReadonlySet<string>,
  openDepth: number,
  depth = 0,
): readonly TreeRow[] {
  return nodes.flatMap((node) => {
    const id = pointerOf(node.path);
    const isOpen = node.children.length > 0 && depth < openDepth !== toggled.has(id);
    const row = { node, id, depth, isOpen };
    return isOpen ? [row, ...treeRows(node.children, toggled, openDepth, depth + 1)] : [row];
  });
}

export type JsonRow = {
  readonly id: string;
  readonly path: Path;
  readonly depth: number;
  /** The key, with quotes where it has them; empty for the root and for closing brackets. */
  readonly label: string;
  readonly value: JsonValue;
  readonly kind: "leaf" | "open" | "folded" | "close";
};

/** JSON text line by line; folded values take one line. */
export function jsonRows(
  value: JsonValue,
  folded: ReadonlySet<string>,
  path: Path = [],
): readonly JsonRow[] {
  const id = pointerOf(path);
  const depth = path.length;
  const last = path.at(-1);
  const label = typeof last === "string" ? JSON.stringify(last) : "";
  const children = childrenOf(value);
  const base = { id, path, depth, label, value };
  if (children === null || children.length === 0) return [{ ...base, kind: "leaf" }];
  if (folded.has(id)) return [{ ...base, kind: "folded" }];
  return [
    { ...base, kind: "open" },
    ...children.flatMap(([key, child]) => jsonRows(child, folded, [...path, key])),
    { ...base, id: `${id}/…close`, label: "", kind: "close" },
  ];
}

function childrenOf(value: JsonValue): readonly (readonly [string | number, JsonValue])[] | null {
  if (isList(value)) return value.map((child, index) => [index, child] as const);
  return isObject(value) ? Object.entries(value) : null;
}

/** Rows whose key or value holds the words searched for; all rows for an empty search. */
export function matchingRows(rows: readonly JsonRow[], query: string): readonly JsonRow[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return rows;
  return rows.filter(
    (row) =>
      row.kind !== "close" &&
      (row.label.toLowerCase().includes(wanted) ||
        (row.kind === "leaf" && JSON.stringify(row.value).toLowerCase().includes(wanted))),
  );
}
