// Forms from JSON Schema: references, nulls, hints, visibility and validation.

import { expect, test } from "vitest";
import type { JsonSchema } from "@/api/types";
import { fieldsOf, isShown, optionsOf } from "./fields";
import { issuesOf } from "./validate";

const SCHEMA: JsonSchema = {
  $defs: {
    Row: {
      type: "object",
      additionalProperties: false,
      required: ["name"],
      properties: {
        name: { type: "string", title: "Name" },
        value: { type: "string", default: "" },
      },
    },
  },
  type: "object",
  additionalProperties: false,
  required: ["url"],
  properties: {
    url: { type: "string", title: "URL", maxLength: 20, "x-ui": { widget: "text" } },
    method: {
      enum: ["GET", "POST"],
      type: "string",
      default: "GET",
      "x-ui": { widget: "select", labels: { GET: "Get it" } },
    },
    count: {
      anyOf: [{ type: "integer", minimum: 1 }, { type: "null" }],
      default: null,
      title: "Count",
      "x-ui": { widget: "number", half: true },
    },
    headers: {
      type: "array",
      items: { $ref: "#/$defs/Row" },
      "x-ui": { widget: "key_value", show_if: { field: "method", in: ["POST"] } },
    },
    bare: { type: "boolean" },
  },
};

const fields = fieldsOf(SCHEMA);
const field = (name: string) => {
  const found = fields.find((one) => one.name === name);
  if (!found) throw new Error(`no field ${name}`);
  return found;
};

test("references are followed and null is taken out of the alternatives", () => {
  expect(field("count")).toMatchObject({
    nullable: true,
    widget: "number",
    label: "Count",
    schema: { type: "integer", minimum: 1 },
    hints: { half: true },
  });
  expect(field("headers").rowFields.map(({ name, required }) => [name, required])).toEqual([
    ["name", true],
    ["value", false],
  ]);
});

test("a field without hint gets the control of its type", () => {
  expect(field("bare").widget).toBe("toggle");
});

test("options carry the labels that they are given", () => {
  expect(optionsOf(field("method"))).toEqual([
    { value: "GET", label: "Get it" },
    { value: "POST", label: "POST" },
  ]);
});

test("show_if reads literals and shows what an expression decides", () => {
  expect(isShown(field("headers"), fields, {})).toBe(false);
  expect(isShown(field("headers"), fields, { method: "POST" })).toBe(true);
  expect(isShown(field("headers"), fields, { method: { "=": "{{ $json.m }}" } })).toBe(true);
});

test("faults are found at their place, missing values first", () => {
  const params = { count: 0, method: "POST", headers: [{ name: "a", value: 3 }] };

  expect(issuesOf(SCHEMA, params)).toEqual([
    { pointer: "/url", rule: "required", limit: "" },
    { pointer: "/count", rule: "minimum", limit: "1" },
    { pointer: "/headers/0/value", rule: "type", limit: "string" },
  ]);
});

test("expressions pass wherever they stand", () => {
  const params = {
    url: { "=": "{{ $json.address.repeat(100) }}" },
    count: { "=": "{{ 5 }}" },
    method: "POST",
    headers: [{ name: "a", value: { "=": "{{ 1 }}" } }],
  };

  expect(issuesOf(SCHEMA, params)).toEqual([]);
});

test("null is fine where it is allowed, and hidden fields are not checked", () => {
  expect(issuesOf(SCHEMA, { url: "x", count: null, headers: "wrong" })).toEqual([]);
});
