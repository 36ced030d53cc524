// One field of the form: label, switch, editor, help and what is wrong with it.

import type { JsonValue } from "@/api/types";
import { cx } from "@/lib/cx";
import { Field as Frame } from "@/ui/field";
import type { Field } from "../model/fields";
import type { Path } from "../model/json";
import { isExpression } from "../model/stored-value";
import { useForm } from "./form-context";
import { ModeToggle } from "./mode-toggle";
import { FillToggle } from "./model-fill";
import { type Change, useMode } from "./use-mode";
import { ValueEditor } from "./value-editor";

type Props = {
  readonly field: Field;
  readonly path: Path;
  readonly stored: JsonValue | undefined;
  readonly onChange: Change;
  readonly disabled: boolean;
};

export function FieldRow({ field, path, stored, onChange, disabled }: Props) {
  const form = useForm();
  const mode = useMode(field, path, stored, onChange);
  return (
    <Frame
      className={cx("group/field", field.hints.half ? "@sm:col-span-1" : "@sm:col-span-2")}
      label={field.label}
      help={field.help}
      error={form.messageAt(path, field.widget !== "list")}
      required={field.required}
      aside={
        <span className="flex items-center gap-1">
          {mode.mayBeExpression && !mode.fill && (
            <ModeToggle
              label={field.label}
              isExpression={isExpression(stored)}
              disabled={disabled}
              onToggle={mode.toggle}
            />
          )}
          {mode.mayBeFilled && (
            <FillToggle
              label={field.label}
              isFilled={mode.fill !== null}
              disabled={disabled}
              onToggle={mode.toggleFill}
            />
          )}
        </span>
      }
    >
      {(control) => (
        <ValueEditor
          field={field}
          path={path}
          stored={stored}
          naming={control}
          disabled={disabled}
          onChange={onChange}
        />
      )}
    </Frame>
  );
}
