// The comparisons of the condition builder, grouped by what they compare.

import type { JsonObject, JsonValue } from "@/api/types";
import { isList, listOf, objectOf } from "./json";

/** Operators in the order of the menu; `true` where a second value is compared with. */
export const OPERATORS = [
  ["equals", true],
  ["not_equals", true],
  ["exists", false],
  ["not_exists", false],
  ["is_empty", false],
  ["is_not_empty", false],
  ["contains", true],
  ["not_contains", true],
  ["starts_with", true],
  ["ends_with", true],
  ["matches", true],
  ["gt", true],
  ["gte", true],
  ["lt", true],
  ["lte", true],
  ["before", true],
  ["after", true],
  ["is_true", false],
  ["is_false", false],
  ["has_key", true],
  ["length_equals", true],
  ["length_gt", true],
  ["length_lt", true],
] as const;

export type Joining = "all" | "any";

export type ConditionSet = {
  readonly joining: Joining;
  readonly conditions: readonly JsonObject[];
  readonly ignoreCase: boolean;
  readonly strict: boolean;
};

export function needsRight(operator: string): boolean {
  return OPERATORS.find(([name]) => name === operator)?.[1] ?? true;
}

export function readConditions(value: JsonValue | undefined): ConditionSet {
  const stored = objectOf(value);
  const joining: Joining = isList(stored["any"]) ? "any" : "all";
  return {
    joining,
    conditions: listOf(stored[joining]).map(objectOf),
    ignoreCase: stored["ignore_case"] === true,
    strict: stored["strict"] === true,
  };
}

/** As it is stored: one of the two lists, flags only where they are on. */
export function writeConditions(set: ConditionSet): JsonObject {
  return {
    [set.joining]: set.conditions,
    ...(set.ignoreCase ? { ignore_case: true } : {}),
    ...(set.strict ? { strict: true } : {}),
  };
}

export const NEW_CONDITION: JsonObject = { left: "", op: "equals", right: "" };
