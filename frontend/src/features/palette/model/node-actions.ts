// What a node can do, one entry each: the choices of its operation, to be found and added by name.

import type { JsonObject, NodeSpec } from "@/api/types";
import type { Catalog } from "./catalog";

export type NodeAction = {
  readonly spec: NodeSpec;
  readonly label: string;
  /** Parameters that make a new node do it. */
  readonly params: JsonObject;
};

const FIELD = "operation";
const MOST = 12;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The node's actions in the order of its form; none where it does one thing. */
export function actionsOf(spec: NodeSpec): readonly NodeAction[] {
  const properties = spec.params["properties"];
  const field = isObject(properties) ? properties[FIELD] : undefined;
  if (!isObject(field) || !Array.isArray(field["enum"])) return [];
  const hints = field["x-ui"];
  const labels = isObject(hints) && isObject(hints["labels"]) ? hints["labels"] : {};
  return field["enum"].flatMap((value): NodeAction[] => {
    if (typeof value !== "string") return [];
    const label = labels[value];
    return [{ spec, label: typeof label === "string" ? label : value, params: { [FIELD]: value } }];
  });
}

/** Actions in which every word is found, at least one of them in the action's own label. */
export function searchActions(
  catalog: Catalog,
  query: string,
  allowed: (spec: NodeSpec) => boolean,
): readonly NodeAction[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found = catalog.specs.filter(allowed).flatMap((spec) => {
    const around = [spec.title, ...spec.synonyms].join(" ").toLowerCase();
    return actionsOf(spec).flatMap((action) => {
      const label = action.label.toLowerCase();
      const own = words.filter((word) => label.includes(word)).length;
      const all = words.every((word) => label.includes(word) || around.includes(word));
      return own > 0 && all ? [{ action, own }] : [];
    });
  });
  return found
    .sort((a, b) => b.own - a.own)
    .slice(0, MOST)
    .map(({ action }) => action);
}
