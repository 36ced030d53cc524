// The card that an approval's parameters make, with one item: what the node does when it asks.

import type {
  Approval,
  ApprovalFact,
  CorrectableField,
  Item,
  JsonObject,
  JsonValue,
} from "@/api/types";
import { isObject, listOf, objectOf } from "./json";

/** Parameters of the node, evaluated as far as they could be. */
export type CardParams = { readonly [name: string]: JsonValue };

export type Asking = { readonly workflow: string; readonly node: string; readonly name: string };

const ALL = "*";
const MOST_FILES = 6;
const FACTS = 6;

export function cardOf(params: CardParams, item: Item | undefined, asking: Asking): Approval {
  return {
    id: "",
    title: text(params["title"]),
    message: text(params["message"]),
    headline: text(params["headline"]),
    why: text(params["why"]),
    facts: rows(params["facts"]).slice(0, FACTS).map(factOf),
    documents: filesOf(item, params["documents"]),
    correctable: rows(params["correctable"]).map((row) => fieldOf(row, item)),
    corrections: {},
    execution: { id: "", number: 0 },
    workflow: { id: "", name: asking.workflow },
    node: asking.node,
    node_name: asking.name,
    run: "0",
    state: "open",
    created_at: new Date().toISOString(),
    expires_at: null,
    decided_at: null,
    decided_by: null,
    reason: "",
    assignees: [],
    handed_over_by: null,
    needs_reason: false,
    is_risky: false,
    is_bulk_safe: false,
    can_decide: false,
    items: item ? [item.json] : [],
  };
}

function factOf(row: JsonObject): ApprovalFact {
  const mark = row["mark"];
  return {
    label: text(row["label"]),
    value: text(row["value"]),
    mark: mark === "ok" || mark === "warn" ? mark : "none",
  };
}

function fieldOf(row: JsonObject, item: Item | undefined): CorrectableField {
  const name = text(row["name"]).trim();
  const value = valueAt(item?.json ?? null, name);
  const kind = row["kind"];
  return {
    name,
    item: null,
    label: text(row["label"]).trim() || name,
    kind: kind === "number" || kind === "yes_no" || kind === "choice" ? kind : "text",
    options: Array.isArray(row["options"]) ? row["options"].map(text) : [],
    value: typeof value === "object" ? null : value,
  };
}

const STEP = /\["([^"]+)"\]|\[(-?\d+)\]|([^.[\]]+)/g;

/** What stands at a path such as `address.city`, `lines[0].price` or `["a.b"]`. */
function valueAt(json: JsonValue, path: string): JsonValue {
  let value: JsonValue | undefined = json;
  for (const [, quoted, index, name] of path.matchAll(STEP)) {
    if (index !== undefined) value = listOf(value).at(Number(index));
    else value = objectOf(value)[quoted ?? name ?? ""];
  }
  return value ?? null;
}

function filesOf(item: Item | undefined, names: JsonValue | undefined) {
  const wanted = Array.isArray(names) ? names.map(text) : [];
  return Object.entries(item?.binary ?? {})
    .filter(([name]) => wanted.includes(name) || wanted.includes(ALL))
    .map(([, file]) => file)
    .slice(0, MOST_FILES);
}

const rows = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

const text = (value: JsonValue | undefined): string =>
  value === null || value === undefined
    ? ""
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
