// A node's form as a list of fields, read from the JSON Schema that pydantic writes and our hints.

import type { JsonObject, JsonPrimitive, JsonSchema, JsonValue } from "@/api/types";
import { isList, isObject, listOf, objectOf } from "./json";
import { isExpression } from "./stored-value";
import { isWidget, type Widget } from "./widgets";

export type Field = {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly widget: Widget;
  /** What the value must be, references followed and the `null` alternative taken out. */
  readonly schema: JsonSchema;
  readonly nullable: boolean;
  readonly required: boolean;
  readonly default: JsonValue | undefined;
  readonly hints: Hints;
  /** The fields of one row, for widgets of rows. */
  readonly rowFields: readonly Field[];
};

export type Hints = {
  readonly placeholder: string;
  readonly showIf: { readonly field: string; readonly in: readonly JsonPrimitive[] } | null;
  readonly advanced: boolean;
  readonly half: boolean;
  /** May the value be an expression. */
  readonly expression: boolean;
  readonly labels: { readonly [value: string]: string };
  readonly unit: string;
  readonly rows: number;
  readonly language: string;
  readonly add: string;
  readonly secret: boolean;
  readonly optionsFrom: string | null;
  /** Credential types, for the credential control. */
  readonly types: readonly string[];
};

/** The fields of a form, in the order in which the node declares them. */
export function fieldsOf(schema: JsonSchema, root: JsonSchema = schema): readonly Field[] {
  const required = new Set(listOf(schema["required"]));
  return Object.entries(objectOf(schema["properties"])).map(([name, property]) =>
    fieldOf(name, objectOf(property), root, required.has(name)),
  );
}

function fieldOf(name: string, declared: JsonObject, root: JsonSchema, required: boolean): Field {
  const { schema, nullable } = resolve(declared, root);
  const hints = objectOf(declared["x-ui"] ?? schema["x-ui"]);
  const widget = isWidget(hints["widget"]) ? hints["widget"] : widgetFor(schema);
  return {
    name,
    label: text(declared["title"]) || text(schema["title"]) || name,
    help: text(declared["description"]),
    widget,
    schema,
    nullable,
    required,
    default: declared["default"],
    hints: hintsOf(hints),
    rowFields: rowFieldsOf(schema, root),
  };
}

function hintsOf(hints: JsonObject): Hints {
  return {
    placeholder: text(hints["placeholder"]),
    showIf: showIfOf(hints["show_if"]),
    advanced: hints["advanced"] === true,
    half: hints["half"] === true,
    expression: hints["expression"] !== false,
    labels: Object.fromEntries(
      Object.entries(objectOf(hints["labels"])).map(([value, label]) => [value, String(label)]),
    ),
    unit: text(hints["unit"]),
    rows: typeof hints["rows"] === "number" ? hints["rows"] : 4,
    language: text(hints["language"]) || "json",
    add: text(hints["add"]),
    secret: hints["secret"] === true,
    optionsFrom: text(hints["options_from"]) || null,
    types: listOf(hints["types"]).map(String),
  };
}

function showIfOf(rule: JsonValue | undefined): Hints["showIf"] {
  if (!isObject(rule)) return null;
  return { field: text(rule["field"]), in: listOf(rule["in"]) as readonly JsonPrimitive[] };
}

function rowFieldsOf(schema: JsonSchema, root: JsonSchema): readonly Field[] {
  const items = schema["items"];
  if (!isObject(items)) return [];
  return fieldsOf(resolve(items, root).schema, root);
}

const text = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");

/** Follows `$ref` and takes `null` out of `anyOf`. */
export function resolve(
  declared: JsonSchema,
  root: JsonSchema,
): { readonly schema: JsonSchema; readonly nullable: boolean } {
  const reference = declared["$ref"];
  if (typeof reference === "string") {
    const { schema, nullable } = resolve(definition(reference, root), root);
    const { $ref: _, ...own } = declared;
    return { schema: { ...schema, ...own }, nullable };
  }
  const alternatives = declared["anyOf"];
  if (!isList(alternatives)) return { schema: declared, nullable: false };
  const others = alternatives.filter((one) => objectOf(one)["type"] !== "null").map(objectOf);
  const [only] = others;
  if (others.length !== 1 || !only) return { schema: declared, nullable: false };
  const { anyOf: _, ...own } = declared;
  return { schema: { ...resolve(only, root).schema, ...own }, nullable: true };
}

function definition(reference: string, root: JsonSchema): JsonSchema {
  const steps = reference.replace(/^#\//, "").split("/");
  return objectOf(steps.reduce<JsonValue | undefined>((at, step) => objectOf(at)[step], root));
}

/** The control for a value without a hint: nested models may leave their fields plain. */
function widgetFor(schema: JsonSchema): Widget {
  if (isList(schema["enum"])) return "select";
  switch (schema["type"]) {
    case "boolean":
      return "toggle";
    case "integer":
    case "number":
      return "number";
    case "array":
      return objectOf(schema["items"])["type"] === "string" ? "tags" : "list";
    case "string":
      return "text";
    default:
      return "json";
  }
}

/** What a field holds: the stored value, or its default where nothing is stored. */
export function storedOf(field: Field, values: JsonObject): JsonValue | undefined {
  return field.name in values ? values[field.name] : field.default;
}

/** Does `show_if` let the field be seen. A rule on an expression cannot be known, so it is shown. */
export function isShown(field: Field, fields: readonly Field[], values: JsonObject): boolean {
  const rule = field.hints.showIf;
  const other = rule && fields.find(({ name }) => name === rule.field);
  if (!rule || !other) return true;
  const value = storedOf(other, values);
  if (isExpression(value)) return true;
  const found = isList(value) ? value : [value];
  return (
    isShown(other, fields, values) && found.some((one) => rule.in.includes(one as JsonPrimitive))
  );
}

/** The choices of a select, with names for people. */
export function optionsOf(field: Field) {
  const items = objectOf(field.schema["items"]);
  const values = listOf(field.schema["enum"] ?? items["enum"] ?? singleton(field.schema["const"]));
  return values.map((value) => ({
    value: String(value),
    label: field.hints.labels[String(value)] ?? String(value),
  }));
}

const singleton = (value: JsonValue | undefined): readonly JsonValue[] | undefined =>
  value === undefined ? undefined : [value];
