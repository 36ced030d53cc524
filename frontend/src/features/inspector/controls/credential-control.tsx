// The control of a parameter that names a credential.

import { CredentialPicker } from "@/features/credentials";
import { textOf } from "../model/json";
import type { ControlProps } from "./control";

export function CredentialControl({ field, value, onChange, naming, disabled }: ControlProps) {
  return (
    <CredentialPicker
      label={field.label}
      types={field.hints.types}
      value={textOf(value)}
      naming={naming}
      disabled={disabled}
      onChange={onChange}
    />
  );
}
