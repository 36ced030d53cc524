// A list of small forms, each with the fields of its row.

import type { JsonObject } from "@/api/types";
import { t } from "@/lib/i18n";
import { FieldGrid } from "../form/field-grid";
import { listOf, objectOf, textOf, withIndex } from "../model/json";
import type { ControlProps } from "./control";
import { AddRow, RowButtons } from "./rows";

export function ListControl({ field, path, value, onChange, naming, disabled }: ControlProps) {
  const rows = listOf(value).map(objectOf);
  const fresh: JsonObject = Object.fromEntries(
    field.rowFields.flatMap((one) => (one.default === undefined ? [] : [[one.name, one.default]])),
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border.
    <div {...naming} role="group" aria-label={field.label} className="flex flex-col gap-2">
      {rows.map((row, index) => (
        <section
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
          key={index}
          aria-label={titleOf(row, index)}
          className="rounded-control border border-line bg-sunken"
        >
          <header className="flex items-center justify-between gap-2 border-b border-line py-1 ps-3 pe-1.5">
            <span className="truncate text-xs font-medium text-fg-muted">
              {titleOf(row, index)}
            </span>
            <RowButtons
              rows={rows}
              index={index}
              onChange={onChange}
              disabled={disabled}
              hasOrder
            />
          </header>
          <div className="p-3">
            <FieldGrid
              fields={field.rowFields}
              values={row}
              path={[...path, index]}
              disabled={disabled}
              onChange={(next) => onChange(withIndex(rows, index, next))}
            />
          </div>
        </section>
      ))}
      <AddRow
        label={field.hints.add || t("inspector.rows.add")}
        disabled={disabled}
        onAdd={() => onChange([...rows, fresh])}
      />
    </div>
  );
}

function titleOf(row: JsonObject, index: number): string {
  const name = textOf(row["name"]);
  return name === "" ? t("inspector.rows.number", { number: index + 1 }) : `${index + 1}. ${name}`;
}
