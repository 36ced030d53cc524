// A labelled line of text.

import type { ComponentProps } from "react";
import { Field, type FieldFrame } from "./field";
import { Input } from "./input";

type Props = Omit<ComponentProps<"input">, "className" | "id"> & FieldFrame;

export function TextField(props: Props) {
  const { label, help, error, required, optional, hideLabel, aside, className, ...input } = props;
  const frame = { label, help, error, required, optional, hideLabel, aside, className };
  return <Field {...frame}>{(control) => <Input {...input} {...control} />}</Field>;
}
