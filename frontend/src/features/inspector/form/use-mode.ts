// Fixed or expression: the two ways to give one value, and switching without losing either.

import type { JsonValue } from "@/api/types";
import type { Field } from "../model/fields";
import type { Path } from "../model/json";
import {
  type Expression,
  expressionFor,
  isExpression,
  literalFor,
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
  };
}

/** What a template says as a literal, if that is a value the field can hold; else its default. */
function literalInstead(expression: Expression, field: Field): JsonValue | undefined {
  const literal = literalFor(expression["="]);
  if (literal === undefined || literal === "") return field.default;
  const isText = typeof literal === "string";
  return isText === (field.schema["type"] === "string") ? storeLiteral(literal) : field.default;
}
