// The credentials that a node asks for, above its parameters.

import type { JsonPrimitive } from "@/api/types";
import { CredentialPicker } from "@/features/credentials";
import { setCredential, useCommit } from "@/features/editor";
import { t } from "@/lib/i18n";
import { Field } from "@/ui/field";
import { useInspected } from "../inspector-context";
import { isExpression } from "../model/stored-value";
import { useForm } from "./form-context";

export function CredentialSlots() {
  const { node } = useInspected();
  const { spec, params, readOnly } = useForm();
  const commit = useCommit();
  const shown = spec.credentials.filter(({ show_if: rule }) => {
    const value = rule ? params[rule.field] : undefined;
    return !rule || isExpression(value) || rule.in.includes(value as JsonPrimitive);
  });
  if (shown.length === 0) return null;
  return shown.map(({ slot, types, required }) => (
    <Field
      key={slot}
      label={shown.length === 1 ? t("inspector.credential.label") : slot}
      required={required}
      optional={!required}
    >
      {(control) => (
        <CredentialPicker
          label={t("inspector.credential.label")}
          types={types}
          value={node.credentials?.[slot] ?? ""}
          naming={control}
          disabled={readOnly}
          onChange={(id) =>
            commit(t("inspector.step.credential", { name: node.name }), (document) =>
              setCredential(document, node.id, slot, id === "" ? null : id),
            )
          }
        />
      )}
    </Field>
  ));
}
