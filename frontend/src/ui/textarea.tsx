// A labelled text of several lines.

import type { ComponentProps } from "react";
import { Field, type FieldFrame } from "./field";
import { TextareaInput } from "./input";

type Props = Omit<ComponentProps<"textarea">, "className" | "id"> & FieldFrame;

export function Textarea(props: Props) {
  const { label, help, error, required, optional, hideLabel, aside, className, ...input } = props;
  const frame = { label, help, error, required, optional, hideLabel, aside, className };
  return <Field {...frame}>{(control) => <TextareaInput {...input} {...control} />}</Field>;
}
