// Reads what a conflict names out of a document.

import { isJsonList, isJsonObject } from "./json";
import type { JsonValue, WorkflowDocument } from "./types";

/** The value of a field, such as `params.url` of `nodes/<id>`; `undefined` where there is none. */
export function valueAt(
  document: WorkflowDocument,
  place: string,
  field: string,
): JsonValue | undefined {
  // Documents are JSON by definition; their types are only narrower.
  const whole = document as unknown as JsonValue;
  const [list = "", ...id] = place.split("/");
  const element = id.length === 0 ? step(whole, list) : elementIn(step(whole, list), id.join("/"));
  return field === "" ? element : field.split(".").reduce(step, element);
}

function elementIn(list: JsonValue | undefined, id: string): JsonValue | undefined {
  if (!isJsonList(list)) return step(list, id);
  return list.find((element) => isJsonObject(element) && element["id"] === id);
}

function step(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(value) ? value[key] : undefined;
}
