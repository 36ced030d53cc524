// Checks stored parameters against the form's JSON Schema while somebody types. Expressions pass:
// what they give is known only when they run.

import { type OutputUnit, Validator } from "@cfworker/json-schema";
import type { JsonObject, JsonSchema, JsonValue } from "@/api/types";
import { type Field, fieldsOf, isShown, storedOf } from "./fields";
import { isList, isObject, objectOf } from "./json";

export type Rule =
  | "required"
  | "type"
  | "enum"
  | "minimum"
  | "maximum"
  | "minLength"
  | "maxLength"
  | "minItems"
  | "maxItems"
  | "pattern"
  | "format";

export type Issue = {
  /** JSON pointer into the parameters. */
  readonly pointer: string;
  readonly rule: Rule;
  /** The limit that was passed, or the type that was wanted. */
  readonly limit: string;
};

const validators = new WeakMap<JsonSchema, Validator>();

/** Every fault of the visible parameters, one per place. */
export function issuesOf(schema: JsonSchema, params: JsonObject): readonly Issue[] {
  const fields = fieldsOf(schema);
  const shown = fields.filter((field) => isShown(field, fields, params));
  const given = Object.fromEntries(
    shown.flatMap((field) => {
      const value = storedOf(field, params);
      return isMissing(field, value) || value === undefined ? [] : [[field.name, value]];
    }),
  );
  const missing = shown
    .filter((field) => field.required && isMissing(field, storedOf(field, params)))
    .map((field): Issue => ({ pointer: `/${field.name}`, rule: "required", limit: "" }));
  return [...missing, ...schemaIssues(schema, given)];
}

function isMissing(field: Field, value: JsonValue | undefined): boolean {
  return value === undefined || value === "" || (value === null && !field.nullable);
}

function schemaIssues(schema: JsonSchema, params: JsonObject): readonly Issue[] {
  const { errors } = validatorFor(schema).validate(params);
  const byPlace = new Map<string, Issue>();
  for (const error of errors) {
    const issue = issueOf(error);
    if (issue && !byPlace.has(issue.pointer)) byPlace.set(issue.pointer, issue);
  }
  return [...byPlace.values()];
}

function validatorFor(schema: JsonSchema): Validator {
  const known = validators.get(schema);
  if (known) return known;
  const open = allowExpressions({ ...schema, required: [] });
  const made = new Validator(open as never, "2020-12", false);
  validators.set(schema, made);
  return made;
}

const EXPRESSION = {
  type: "object",
  required: ["="],
  properties: { "=": true },
  maxProperties: 1,
};

/** The same schema, in which every value of a property or list may be an expression instead. */
function allowExpressions(schema: JsonSchema): JsonSchema {
  const changed: Record<string, JsonValue> = { ...schema };
  for (const keyword of ["properties", "$defs"]) {
    if (isObject(schema[keyword])) changed[keyword] = mapValues(schema[keyword], orExpression);
  }
  if (isObject(schema["items"])) changed["items"] = orExpression(schema["items"]);
  if (isList(schema["anyOf"])) changed["anyOf"] = schema["anyOf"].map(onSchema(allowExpressions));
  return changed;
}

const orExpression = onSchema((schema) => {
  const { "x-ui": _, ...plain } = schema;
  return { if: EXPRESSION, else: withoutNull(allowExpressions(plain)) };
});

/** `anyOf: [S, null]` as a condition, so that only the faults of S are reported. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  if (!isList(anyOf)) return schema;
  const [only, ...more] = anyOf.filter((one) => objectOf(one)["type"] !== "null");
  if (!isObject(only) || more.length > 0) return schema;
  return { if: { type: "null" }, else: { ...rest, ...only } };
}

function onSchema(change: (schema: JsonSchema) => JsonSchema) {
  return (value: JsonValue): JsonValue => (isObject(value) ? change(value) : value);
}

function mapValues(object: JsonObject, change: (value: JsonValue) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

const RULES: Readonly<Record<string, Rule>> = {
  type: "type",
  enum: "enum",
  const: "enum",
  minimum: "minimum",
  exclusiveMinimum: "minimum",
  maximum: "maximum",
  exclusiveMaximum: "maximum",
  minLength: "minLength",
  maxLength: "maxLength",
  minItems: "minItems",
  maxItems: "maxItems",
  pattern: "pattern",
  format: "format",
};

function issueOf(error: OutputUnit): Issue | null {
  const rule = RULES[error.keyword];
  if (!rule || error.keywordLocation.includes("/if/")) return null;
  const limit = /-?\d+(\.\d+)?(?=[^\d]*$)/.exec(error.error)?.[0] ?? "";
  const wanted = /Expected "(.*?)"/.exec(error.error)?.[1] ?? "";
  const pointer = error.instanceLocation.replace(/^#/, "");
  return pointer === "" ? null : { pointer, rule, limit: rule === "type" ? wanted : limit };
}
