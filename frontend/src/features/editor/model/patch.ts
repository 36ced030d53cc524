// The difference of two documents as an RFC 6902 patch, small for the edits that people make.

import { equalJson, isJsonObject } from "./json";
import type { JsonValue, PatchOperation, WorkflowDocument } from "./types";

/** Operations that turn `before` into `after`, to be applied in order. */
export function patchBetween(
  before: WorkflowDocument,
  after: WorkflowDocument,
): readonly PatchOperation[] {
  const operations: PatchOperation[] = [];
  // Documents are JSON by definition; their types are only narrower than JsonValue.
  differ("", before as unknown as JsonValue, after as unknown as JsonValue, operations);
  return operations;
}

function differ(path: string, before: JsonValue, after: JsonValue, out: PatchOperation[]): void {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after)) {
    differLists(path, before, after, out);
  } else if (isJsonObject(before) && isJsonObject(after)) {
    differObjects(path, before, after, out);
  } else {
    out.push({ op: "replace", path, value: after });
  }
}

type Fields = Readonly<Record<string, JsonValue | undefined>>;

function differObjects(path: string, before: Fields, after: Fields, out: PatchOperation[]): void {
  for (const key of Object.keys(before)) {
    if (after[key] === undefined && before[key] !== undefined) {
      out.push({ op: "remove", path: join(path, key) });
    }
  }
  for (const [key, value] of Object.entries(after)) {
    const old = before[key];
    if (value === undefined) continue;
    if (old === undefined) out.push({ op: "add", path: join(path, key), value });
    else differ(join(path, key), old, value, out);
  }
}

const join = (path: string, key: string): string =>
  `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

type List = readonly JsonValue[];

/**
 * Lists are matched from both ends, elements with an `id` by that id, and what lies between is
 * replaced, so that one added, deleted or changed node is one operation or a few.
 */
function differLists(path: string, before: List, after: List, out: PatchOperation[]): void {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSameElement(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isSameElement(before.at(-1 - end), after.at(-1 - end))) end += 1;

  for (let at = 0; at < start; at += 1) differElement(path, at, before[at], after[at], out);
  const removed = before.length - start - end;
  for (let at = 0; at < removed; at += 1) out.push({ op: "remove", path: `${path}/${start}` });
  after.slice(start, after.length - end).forEach((value, offset) => {
    out.push({ op: "add", path: `${path}/${start + offset}`, value });
  });
  for (let at = after.length - end; at < after.length; at += 1) {
    differElement(path, at, before[at - after.length + before.length], after[at], out);
  }
}

function isSameElement(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (isJsonObject(a) && isJsonObject(b) && a["id"] !== undefined) return a["id"] === b["id"];
  return equalJson(a, b);
}

function differElement(
  path: string,
  at: number,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  out: PatchOperation[],
): void {
  if (before !== undefined && after !== undefined) differ(`${path}/${at}`, before, after, out);
}
