// Rows of a name and a value, such as headers and query parameters.

import type { JsonObject } from "@/api/types";
import { t } from "@/lib/i18n";
import { Input } from "@/ui/input";
import { ValueEditor } from "../form/value-editor";
import { listOf, objectOf, textOf, withIndex, withKey } from "../model/json";
import { slotField } from "../model/slot-field";
import type { ControlProps } from "./control";
import { AddRow, RowButtons } from "./rows";

const VALUE = slotField("value", t("inspector.rows.value"), "text", {
  schema: { type: "string" },
  placeholder: t("inspector.rows.value"),
});
const NEW_ROW: JsonObject = { name: "", value: "" };

export function KeyValueControl({ field, path, value, onChange, naming, disabled }: ControlProps) {
  const rows = listOf(value).map(objectOf);
  const set = (index: number, key: "name" | "value", next: JsonObject[string] | undefined) =>
    onChange(withIndex(rows, index, withKey(rows[index] ?? {}, key, next)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border.
    <div {...naming} role="group" aria-label={field.label} className="flex flex-col gap-1.5">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
        <div key={index} className="flex items-start gap-1.5">
          <Input
            aria-label={t("inspector.rows.nameOf", { label: field.label, number: index + 1 })}
            value={textOf(row["name"])}
            placeholder={t("inspector.rows.name")}
            disabled={disabled}
            autoComplete="off"
            spellCheck={false}
            className="flex-1 font-code"
            onChange={({ target }) => set(index, "name", target.value)}
          />
          <div className="min-w-0 flex-[1.4]">
            <ValueEditor
              compact
              field={VALUE}
              path={[...path, index, "value"]}
              stored={row["value"]}
              naming={{
                "aria-label": t("inspector.rows.valueOf", {
                  label: field.label,
                  number: index + 1,
                }),
              }}
              disabled={disabled}
              onChange={(next) => set(index, "value", next ?? "")}
            />
          </div>
          <RowButtons rows={rows} index={index} onChange={onChange} disabled={disabled} />
        </div>
      ))}
      <AddRow
        label={field.hints.add || t("inspector.rows.add")}
        disabled={disabled}
        onAdd={() => onChange([...rows, NEW_ROW])}
      />
    </div>
  );
}
