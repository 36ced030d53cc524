// How a parameter is stored: a literal, `{"=": template}`, or `{"=": {"model": …}}` where the model that calls
// the node fills it in; and the way from one to the other.

import type { JsonObject, JsonValue } from "@/api/types";
import { isObject } from "./json";

export type Expression = { readonly "=": string };

/** True for `{"=": "…"}`. Any other object is a literal, see `readLiteral`. */
export function isExpression(value: JsonValue | undefined): value is Expression {
  return isMarked(value) && typeof value["="] === "string";
}

export type ModelFill = { readonly "=": { readonly model: JsonObject } };

/** True for `{"=": {"model": {…}}}`. */
export function isModelFill(value: JsonValue | undefined): value is ModelFill {
  const inner = isMarked(value) ? value["="] : undefined;
  return isObject(inner) && Object.keys(inner).length === 1 && isObject(inner["model"]);
}

/** What the model is told of the parameter; empty where its own help says enough. */
export function descriptionOf(fill: ModelFill): string {
  const { description } = fill["="].model;
  return typeof description === "string" ? description : "";
}

/** The same with another description; a schema that somebody gave stays. */
export function fillWith(description: string, before?: ModelFill): ModelFill {
  const { description: _, ...kept } = before?.["="].model ?? {};
  return { "=": { model: description === "" ? kept : { ...kept, description } } };
}

function isMarked(value: JsonValue | undefined): value is JsonObject {
  return isObject(value) && "=" in value && Object.keys(value).length === 1;
}

/** A literal as it is stored: an object whose only key is `=` is wrapped so that it stays one. */
export function storeLiteral(value: JsonValue): JsonValue {
  return isMarked(value) ? { "=": { literal: value } } : value;
}

/** The literal that is stored; an expression is given as it is. */
export function readLiteral(stored: JsonValue | undefined): JsonValue | undefined {
  const inner = isMarked(stored) ? stored["="] : undefined;
  return isObject(inner) && "literal" in inner ? inner["literal"] : stored;
}

/** The template that gives this literal: text as it is, anything else within braces. */
export function expressionFor(value: JsonValue | undefined): Expression {
  if (value === undefined || value === null || value === "") return { "=": "" };
  return { "=": typeof value === "string" ? value : `{{ ${JSON.stringify(value)} }}` };
}

/**
 * The literal that says the same as a template, or undefined where only an expression can:
 * text without braces, or one pair of braces around a JSON value.
 */
export function literalFor(template: string): JsonValue | undefined {
  if (!template.includes("{{")) return template;
  const whole = /^\{\{([\s\S]*)\}\}$/.exec(template.trim());
  if (!whole) return undefined;
  try {
    return JSON.parse(whole[1] ?? "") as JsonValue;
  } catch {
    return undefined;
  }
}
