// Fixed, expression or left to the model: the ways to give one value, and switching without losing any.

import type { JsonValue } from "@/api/types";
import type { Field } from "../model/fields";
import type { Path } from "../model/json";
import {
  type Expression,
  expressionFor,
  fillWith,
  isExpression,
  isModelFill,
  literalFor,
  type ModelFill,
  readLiteral,
  storeLiteral,
} from "../model/stored-value";
import { useForm } from "./form-context";

export type Change = (stored: JsonValue | undefined) => void;

export type ValueMode = {
  readonly expression: Expression | null;
  readonly literal: JsonValue | undefined;
  readonly mayBeExpression: boolean;
  readonly setLiteral: (literal: JsonValue | undefined) => void;
  readonly setTemplate: (template: string) => void;
  readonly toggle: () => void;
  /** What the model that calls this tool is to fill in; null where the value is given here. */
  readonly fill: ModelFill | null;
  readonly mayBeFilled: boolean;
  readonly setDescription: (description: string) => void;
  readonly toggleFill: () => void;
};

export function useMode(
  field: Field,
  path: Path,
  stored: JsonValue | undefined,
  onChange: Change,
): ValueMode {
  const form = useForm();
  const expression = isExpression(stored) ? stored : null;
  const literal = expression ? undefined : readLiteral(stored);

  const fill = isModelFill(stored) ? stored : null;

  const toggleFill = () => {
    const aside = [...path, FILL];
    const { otherValues, nodeId } = form;
    if (stored !== undefined) otherValues.keep(nodeId, fill ? aside : [...path, GIVEN], stored);
    if (!fill) return onChange(otherValues.of(nodeId, aside) ?? fillWith(""));
    onChange(otherValues.of(nodeId, [...path, GIVEN]) ?? field.default);
  };

  const toggle = () => {
    const other = form.otherValues.of(form.nodeId, path);
    if (stored !== undefined) form.otherValues.keep(form.nodeId, path, stored);
    onChange(other ?? (expression ? literalInstead(expression, field) : expressionFor(literal)));
  };
  return {
    expression,
    literal,
    mayBeExpression: field.hints.expression,
    setLiteral: (next) => onChange(next === undefined ? undefined : storeLiteral(next)),
    setTemplate: (template) => onChange({ "=": template }),
    toggle,
    fill,
    // A tool that somebody detached keeps the switch, so that its fills can be taken back.
    mayBeFilled: fill !== null || (form.isTool && field.hints.expression && !field.hints.secret),
    setDescription: (description) => onChange(fillWith(description, fill ?? undefined)),
    toggleFill,
  };
}

/** Under these the ways that are not used now are kept beside the path of the value. */
const FILL = "=model";
const GIVEN = "=given";

/** What a template says as a literal, if that is a value the field can hold; else its default. */
function literalInstead(expression: Expression, field: Field): JsonValue | undefined {
  const literal = literalFor(expression["="]);
  if (literal === undefined || literal === "") return field.default;
  const isText = typeof literal === "string";
  return isText === (field.schema["type"] === "string") ? storeLiteral(literal) : field.default;
}
