// The small line under a node's name: what it will do, read from its parameters and its form's hints.

import { isJsonList, isJsonObject } from "./json";
import { isExpression } from "./ports";
import type { JsonObject, JsonValue, NodeSpec, WorkflowNode } from "./types";

const MAX_PARTS = 2;
const MAX_LENGTH = 60;

/** Up to two telling values such as `POST orders` or `{{ $json.total }} > 100`; else the type's title. */
export function summaryOf(node: WorkflowNode, spec: NodeSpec): string {
  const properties = spec.params["properties"];
  const params: JsonObject = { ...spec.defaults, ...node.params };
  const names = isJsonObject(properties) ? Object.entries(properties) : [];
  const parts = names.flatMap(([name, schema]) => {
    const hints = isJsonObject(schema) ? schema["x-ui"] : undefined;
    return isJsonObject(hints) ? readValue(params[name], hints, params) : [];
  });
  return parts.slice(0, MAX_PARTS).join(" ").slice(0, MAX_LENGTH) || spec.title;
}

function readValue(
  value: JsonValue | undefined,
  hints: JsonObject,
  params: JsonObject,
): readonly string[] {
  if (value === undefined || hints["advanced"] === true || hints["secret"] === true) return [];
  if (!isShown(hints["show_if"], params)) return [];
  if (isExpression(value)) return typeof value["="] === "string" ? [value["="]] : [];
  const text = READERS[String(hints["widget"])]?.(value, hints) ?? "";
  return text === "" ? [] : [text];
}

function isShown(rule: JsonValue | undefined, params: JsonObject): boolean {
  if (!isJsonObject(rule)) return true;
  const allowed = rule["in"];
  const actual = params[String(rule["field"])];
  return isJsonList(allowed) && actual !== undefined && allowed.includes(actual);
}

type Reader = (value: JsonValue, hints: JsonObject) => string;

const plain: Reader = (value) => (typeof value === "string" ? (value.split("\n")[0] ?? "") : "");

const READERS: Readonly<Record<string, Reader>> = {
  text: plain,
  textarea: plain,
  cron: plain,
  // Only what reads the same on the wire, such as `POST`; "As it is" or "All" tell little here.
  select: (value, hints) => (labelled(value, hints) === value ? value : ""),
  multiselect: (value, hints) => listed(value, (entry) => labelled(entry, hints)),
  tags: (value) => listed(value, String),
  number: (value, hints) => (hints["unit"] === undefined ? "" : `${value} ${hints["unit"]}`),
  duration: (value) => (typeof value === "number" ? `${value} s` : ""),
  conditions: firstCondition,
  assignments: (value) => listed(value, fieldName),
  key_value: (value) => listed(value, fieldName),
  list: (value) => listed(value, fieldName),
};

function labelled(value: JsonValue, hints: JsonObject): string {
  if (value === "none") return "";
  const labels = hints["labels"];
  const label = isJsonObject(labels) ? labels[String(value)] : undefined;
  return typeof label === "string" ? label : String(value);
}

function listed(value: JsonValue, read: (entry: JsonValue) => string): string {
  return isJsonList(value) ? value.map(read).filter(Boolean).join(", ") : "";
}

function fieldName(entry: JsonValue): string {
  const name = isJsonObject(entry) ? (entry["name"] ?? entry["field"] ?? entry["path"]) : null;
  return typeof name === "string" ? name : "";
}

const SIGNS: Readonly<Record<string, string>> = {
  equals: "=",
  not_equals: "≠",
  gt: ">",
  gte: "≥",
  lt: "<",
  lte: "≤",
};

function firstCondition(value: JsonValue): string {
  const group = isJsonObject(value) ? (value["all"] ?? value["any"]) : value;
  const first = isJsonList(group) ? group[0] : null;
  if (!isJsonObject(first)) return "";
  const operator = String(first["op"] ?? "").replaceAll("_", " ");
  const sign = SIGNS[String(first["op"])] ?? operator;
  if (operand(first["left"]) === "") return "";
  return [operand(first["left"]), sign, operand(first["right"])].filter(Boolean).join(" ");
}

function operand(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  if (isExpression(value)) return String(value["="]);
  return typeof value === "object" ? "" : String(value);
}
