// One line or several lines of text. Typing `{{` makes the value an expression.

import { Input, TextareaInput } from "@/ui/input";
import { textOf } from "../model/json";
import type { ControlProps } from "./control";

function useText({ field, value, onChange, onTemplate }: ControlProps) {
  return {
    value: textOf(value),
    onText: (text: string) => {
      if (text.includes("{{") && field.hints.expression) onTemplate(text);
      else onChange(text === "" && field.nullable ? null : text);
    },
  };
}

export function TextControl(props: ControlProps) {
  const { field, naming, disabled } = props;
  const { value, onText } = useText(props);
  return (
    <Input
      {...naming}
      type={field.hints.secret ? "password" : "text"}
      autoComplete="off"
      spellCheck={false}
      value={value}
      placeholder={field.hints.placeholder}
      disabled={disabled}
      onChange={(event) => onText(event.target.value)}
    />
  );
}

export function TextareaControl(props: ControlProps) {
  const { field, naming, disabled } = props;
  const { value, onText } = useText(props);
  return (
    <TextareaInput
      {...naming}
      rows={field.hints.rows}
      value={value}
      placeholder={field.hints.placeholder}
      disabled={disabled}
      onChange={(event) => onText(event.target.value)}
    />
  );
}
