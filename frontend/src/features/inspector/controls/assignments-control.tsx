// Rows that set a field to a value of a type. A data row that is dropped here becomes a new one.

import type { DragEvent } from "react";
import { useStore } from "zustand";
import type { JsonObject, JsonValue } from "@/api/types";
import { cx } from "@/lib/cx";
import { type MessageKey, t } from "@/lib/i18n";
import { Input } from "@/ui/input";
import { SelectInput } from "@/ui/select";
import { ValueEditor } from "../form/value-editor";
import { hasReference, takeReference, useMapping } from "../mapping";
import type { Field } from "../model/fields";
import { listOf, objectOf, textOf, withIndex, withKey } from "../model/json";
import { inBraces } from "../model/reference";
import { slotField } from "../model/slot-field";
import { isExpression } from "../model/stored-value";
import type { ControlProps } from "./control";
import { hintOf, OfferedRows } from "./offered-rows";
import { OptionsFault } from "./options-fault";
import { AddRow, RowButtons } from "./rows";
import { type Option, useOptions } from "./use-options";

const TYPES = ["auto", "text", "number", "boolean", "object", "array"] as const;
type ValueType = (typeof TYPES)[number];

const typeKey = (type: ValueType): MessageKey => `inspector.valueType.${type}`;
const valueLabel = t("inspector.rows.value");

const FIELDS: Readonly<Record<ValueType, Field>> = {
  auto: slotField("value", valueLabel, "text", {
    schema: { type: "string" },
    placeholder: valueLabel,
  }),
  text: slotField("value", valueLabel, "text", {
    schema: { type: "string" },
    placeholder: valueLabel,
  }),
  number: slotField("value", valueLabel, "number", { placeholder: "0" }),
  boolean: slotField("value", valueLabel, "toggle"),
  object: slotField("value", valueLabel, "json"),
  array: slotField("value", valueLabel, "json"),
};

const EMPTY: Readonly<Record<ValueType, JsonValue>> = {
  auto: "",
  text: "",
  number: 0,
  boolean: false,
  object: {},
  array: [],
};

const NEW_ROW: JsonObject = { name: "", type: "auto", value: "" };

const typeOf = (row: JsonObject): ValueType => TYPES.find((type) => type === row["type"]) ?? "auto";

function offeredRow({ value, type = "auto" }: Option): JsonObject {
  const row = { name: value, type };
  return { ...row, value: EMPTY[typeOf(row)] };
}

export function AssignmentsControl({
  field,
  path,
  value,
  onChange,
  naming,
  disabled,
}: ControlProps) {
  const rows = listOf(value).map(objectOf);
  const { options: offered, error } = useOptions(field);
  const isDragging = useStore(useMapping(), (mapping) => mapping.isDragging);
  const change = (index: number, row: JsonObject) => onChange(withIndex(rows, index, row));
  const over = (event: DragEvent) => {
    if (!disabled && hasReference(event.dataTransfer)) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    const reference = takeReference(event.dataTransfer);
    if (!reference || disabled || event.defaultPrevented) return;
    event.preventDefault();
    const mapped = {
      name: reference.name,
      type: "auto",
      value: { "=": inBraces(reference.expression) },
    };
    onChange([...rows, mapped]);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border.
    <div
      {...naming}
      role="group"
      aria-label={field.label}
      onDragOver={over}
      onDrop={drop}
      className={cx(
        "flex flex-col gap-2 rounded-control",
        isDragging && "outline-2 outline-offset-4 outline-dashed outline-accent",
      )}
    >
      {rows.map((row, index) => (
        <AssignmentRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
          key={index}
          row={row}
          label={field.label}
          path={[...path, index]}
          index={index}
          offer={offered.find((option) => option.value === row["name"])}
          disabled={disabled}
          onChange={(next) => change(index, next)}
          buttons={
            <RowButtons
              rows={rows}
              index={index}
              onChange={onChange}
              disabled={disabled}
              hasOrder
            />
          }
        />
      ))}
      <OfferedRows
        offered={offered}
        rows={rows}
        disabled={disabled}
        onAdd={(added) => onChange([...rows, ...added.map(offeredRow)])}
      />
      <OptionsFault error={error} />
      <AddRow
        label={field.hints.add || t("inspector.assignments.add")}
        disabled={disabled}
        onAdd={() => onChange([...rows, NEW_ROW])}
        aside={
          <span className="text-xs text-fg-subtle max-sm:hidden">
            {t("inspector.assignments.dropHint")}
          </span>
        }
      />
    </div>
  );
}

type RowProps = {
  readonly row: JsonObject;
  readonly label: string;
  readonly path: ControlProps["path"];
  readonly index: number;
  /** What is expected in this row, where somebody says so. */
  readonly offer: Option | undefined;
  readonly disabled: boolean;
  readonly onChange: (row: JsonObject) => void;
  readonly buttons: React.ReactNode;
};

function AssignmentRow(props: RowProps) {
  const { row, label, path, index, offer, disabled, onChange, buttons } = props;
  const type = typeOf(row);
  const number = index + 1;
  const setType = (next: string) => {
    const found = TYPES.find((one) => one === next) ?? "auto";
    const kept = isExpression(row["value"]) ? row["value"] : EMPTY[found];
    onChange({ ...row, type: found, value: kept });
  };
  return (
    <div className="flex flex-col gap-1.5 rounded-control border border-line bg-sunken p-2">
      <div className="flex flex-wrap items-center justify-end gap-1.5">
        <Input
          aria-label={t("inspector.rows.nameOf", { label, number })}
          value={textOf(row["name"])}
          placeholder={t("inspector.assignments.field")}
          disabled={disabled}
          autoComplete="off"
          spellCheck={false}
          className="min-w-40 flex-1 font-code"
          onChange={({ target }) => onChange({ ...row, name: target.value })}
        />
        <div className="w-28 shrink-0">
          <SelectInput
            aria-label={t("inspector.rows.typeOf", { label, number })}
            value={type}
            options={TYPES.map((one) => ({ value: one, label: t(typeKey(one)) }))}
            disabled={disabled}
            onChange={setType}
          />
        </div>
        {buttons}
      </div>
      <ValueEditor
        compact
        field={FIELDS[type]}
        path={[...path, "value"]}
        stored={row["value"]}
        naming={{ "aria-label": t("inspector.rows.valueOf", { label, number }) }}
        disabled={disabled}
        onChange={(next) => onChange(withKey(row, "value", next ?? EMPTY[type]))}
      />
      {offer && (
        <p className="text-xs text-fg-muted empty:hidden">
          {[hintOf(offer), offer.help].filter(Boolean).join(" · ")}
        </p>
      )}
    </div>
  );
}
