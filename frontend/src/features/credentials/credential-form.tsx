// The fields of one credential. Secrets are typed blind and never come back from the server.

import { t } from "@/lib/i18n";
import { Select } from "@/ui/select";
import { Switch } from "@/ui/switch";
import { TextField } from "@/ui/text-field";
import { Textarea } from "@/ui/textarea";
import type { CredentialData, CredentialField } from "./model/schema-fields";

type Props = {
  readonly fields: readonly CredentialField[];
  readonly values: CredentialData;
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (values: CredentialData) => void;
};

export function CredentialForm({ fields, values, errors, onChange }: Props) {
  return fields.map((field) => (
    <CredentialControl
      key={field.name}
      field={field}
      value={values[field.name] ?? ""}
      error={errors[field.name]}
      onChange={(value) => onChange({ ...values, [field.name]: value })}
    />
  ));
}

type ControlProps = {
  readonly field: CredentialField;
  readonly value: CredentialData[string];
  readonly error: string | undefined;
  readonly onChange: (value: string | boolean) => void;
};

function CredentialControl({ field, value, error, onChange }: ControlProps) {
  const { label, kind, isRequired, isSecret, placeholder } = field;
  const help = field.help || (isSecret ? t("credentials.secretHelp") : undefined);
  const frame = { label, help, error, required: isRequired, optional: !isRequired };
  const text = String(value);
  if (kind === "toggle") {
    return <Switch label={label} help={help} checked={value === true} onChange={onChange} />;
  }
  if (kind === "select") {
    return <Select {...frame} value={text} options={field.options} onChange={onChange} />;
  }
  if (kind === "textarea") {
    return (
      <Textarea
        {...frame}
        value={text}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <TextField
      {...frame}
      type={isSecret ? "password" : kind}
      autoComplete={isSecret ? "new-password" : "off"}
      spellCheck={false}
      placeholder={placeholder}
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
