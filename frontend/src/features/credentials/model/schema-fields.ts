// A credential type's fields, read from its JSON Schema.

import type { JsonObject, JsonSchema, JsonValue } from "@/api/types";

export type CredentialField = {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly placeholder: string;
  readonly kind: "text" | "textarea" | "select" | "toggle" | "number";
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly isSecret: boolean;
  readonly isRequired: boolean;
  readonly initial: JsonValue;
};

/** The fields in the order of the schema. */
export function credentialFields(schema: JsonSchema): readonly CredentialField[] {
  const required = schema["required"];
  const needed = new Set(Array.isArray(required) ? required.map(String) : []);
  return Object.entries(record(schema["properties"])).map(([name, property]) =>
    toField(name, resolve(record(property), schema), needed.has(name)),
  );
}

function toField(name: string, property: JsonObject, isRequired: boolean): CredentialField {
  const hints = record(property["x-ui"]);
  const labels = record(hints["labels"]);
  const values = Array.isArray(property["enum"]) ? property["enum"].map(String) : [];
  const kind = kindOf(property, hints, values.length > 0);
  return {
    name,
    label: text(property["title"], name),
    help: text(property["description"], ""),
    placeholder: text(hints["placeholder"], ""),
    kind,
    options: values.map((value) => ({ value, label: text(labels[value], value) })),
    isSecret: hints["secret"] === true,
    isRequired,
    initial: property["default"] ?? (kind === "toggle" ? false : ""),
  };
}

function kindOf(property: JsonObject, hints: JsonObject, hasOptions: boolean) {
  if (hasOptions) return "select";
  if (property["type"] === "boolean") return "toggle";
  if (property["type"] === "number" || property["type"] === "integer") return "number";
  return hints["widget"] === "textarea" ? "textarea" : "text";
}

/** Follows `$ref`, and `allOf` with one member, as pydantic writes enums. */
function resolve(property: JsonObject, schema: JsonSchema): JsonObject {
  const members = Array.isArray(property["allOf"]) ? property["allOf"] : [];
  const link = property["$ref"] ?? record(members[0])["$ref"];
  const name = typeof link === "string" ? link.split("/").at(-1) : undefined;
  if (name === undefined) return property;
  return { ...record(record(schema["$defs"])[name]), ...property };
}

export type CredentialData = Readonly<Record<string, JsonValue>>;

export function initialData(fields: readonly CredentialField[]): CredentialData {
  return Object.fromEntries(fields.map(({ name, initial }) => [name, initial]));
}

/** The values to send: numbers as numbers, empty optional fields left out. */
export function toData(
  fields: readonly CredentialField[],
  values: CredentialData,
): Record<string, JsonValue> {
  const data: Record<string, JsonValue> = {};
  for (const { name, kind, isRequired } of fields) {
    const value = values[name] ?? "";
    if (value === "" && !isRequired) continue;
    data[name] = kind === "number" && value !== "" ? Number(value) : value;
  }
  return data;
}

function record(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}

function text(value: JsonValue | undefined, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
