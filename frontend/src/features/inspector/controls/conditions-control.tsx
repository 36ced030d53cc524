// The condition builder: comparisons of which all or any must hold.

import { Settings2 } from "lucide-react";
import type { JsonObject, JsonValue } from "@/api/types";
import { type MessageKey, t } from "@/lib/i18n";
import { IconButton } from "@/ui/icon-button";
import { Popover } from "@/ui/popover";
import { Segmented } from "@/ui/segmented";
import { SelectInput } from "@/ui/select";
import { Switch } from "@/ui/switch";
import { ValueEditor } from "../form/value-editor";
import {
  type ConditionSet,
  NEW_CONDITION,
  needsRight,
  OPERATORS,
  readConditions,
  writeConditions,
} from "../model/conditions";
import { type Path, textOf, withIndex } from "../model/json";
import { slotField } from "../model/slot-field";
import type { ControlProps } from "./control";
import { AddRow, RowButtons } from "./rows";

const LEFT = slotField("left", t("inspector.conditions.left"), "text", {
  placeholder: t("inspector.conditions.leftHint"),
});
const RIGHT = slotField("right", t("inspector.conditions.right"), "text", {
  placeholder: t("inspector.rows.value"),
});
const RIGHT_NUMBER = { ...RIGHT, widget: "number" as const };
const NUMERIC = ["gt", "gte", "lt", "lte", "length_equals", "length_gt", "length_lt"];

const operatorKey = (operator: string) => `inspector.operator.${operator}` as MessageKey;
const OPTIONS = OPERATORS.map(([name]) => ({ value: name, label: t(operatorKey(name)) }));

export function ConditionsControl({
  field,
  path,
  value,
  onChange,
  naming,
  disabled,
}: ControlProps) {
  const set = readConditions(value);
  const write = (change: Partial<ConditionSet>) => onChange(writeConditions({ ...set, ...change }));
  const setRows = (rows: readonly JsonValue[]) =>
    write({ conditions: rows as readonly JsonObject[] });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border.
    <div {...naming} role="group" aria-label={field.label} className="flex flex-col gap-2">
      {set.conditions.map((condition, index) => (
        <ConditionRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
          key={index}
          condition={condition}
          number={index + 1}
          joining={index === 0 ? null : set.joining}
          path={[...path, set.joining, index]}
          disabled={disabled}
          onChange={(next) => setRows(withIndex(set.conditions, index, next))}
          buttons={
            <RowButtons
              rows={set.conditions}
              index={index}
              onChange={setRows}
              disabled={disabled}
            />
          }
        />
      ))}
      <AddRow
        label={t("inspector.conditions.add")}
        disabled={disabled}
        onAdd={() => setRows([...set.conditions, NEW_CONDITION])}
        aside={<Joining set={set} write={write} disabled={disabled} />}
      />
    </div>
  );
}

type RowProps = {
  readonly condition: JsonObject;
  readonly number: number;
  readonly joining: "all" | "any" | null;
  readonly path: Path;
  readonly disabled: boolean;
  readonly onChange: (condition: JsonObject) => void;
  readonly buttons: React.ReactNode;
};

function ConditionRow({ condition, number, joining, path, disabled, onChange, buttons }: RowProps) {
  const operator = textOf(condition["op"]) || "equals";
  const right = NUMERIC.includes(operator) ? RIGHT_NUMBER : RIGHT;
  return (
    <div className="flex flex-col gap-1.5">
      {joining && (
        <span className="text-2xs font-semibold tracking-wide text-fg-subtle uppercase">
          {t(joining === "all" ? "inspector.conditions.and" : "inspector.conditions.or")}
        </span>
      )}
      <div className="flex flex-col gap-1.5 rounded-control border border-line bg-sunken p-2">
        <ValueEditor
          compact
          field={LEFT}
          path={[...path, "left"]}
          stored={condition["left"]}
          naming={{ "aria-label": t("inspector.conditions.leftOf", { number }) }}
          disabled={disabled}
          onChange={(next) => onChange({ ...condition, left: next ?? "" })}
        />
        <div className="flex flex-wrap items-start justify-end gap-1.5">
          <div className="w-44 shrink-0 max-sm:w-full">
            <SelectInput
              aria-label={t("inspector.conditions.operatorOf", { number })}
              value={operator}
              options={OPTIONS}
              disabled={disabled}
              onChange={(op) => onChange({ ...condition, op })}
            />
          </div>
          <div className="min-w-32 flex-1">
            {needsRight(operator) && (
              <ValueEditor
                compact
                field={right}
                path={[...path, "right"]}
                stored={condition["right"] ?? undefined}
                naming={{ "aria-label": t("inspector.conditions.rightOf", { number }) }}
                disabled={disabled}
                onChange={(next) => onChange({ ...condition, right: next ?? "" })}
              />
            )}
          </div>
          {buttons}
        </div>
      </div>
    </div>
  );
}

type JoiningProps = {
  readonly set: ConditionSet;
  readonly write: (change: Partial<ConditionSet>) => void;
  readonly disabled: boolean;
};

function Joining({ set, write, disabled }: JoiningProps) {
  return (
    <span className="flex items-center gap-1">
      {set.conditions.length > 1 && (
        <Segmented
          label={t("inspector.conditions.joining")}
          size="small"
          value={set.joining}
          disabled={disabled}
          segments={[
            { value: "all", label: t("inspector.conditions.all") },
            { value: "any", label: t("inspector.conditions.any") },
          ]}
          onChange={(joining) => write({ joining })}
        />
      )}
      <Popover
        label={t("inspector.conditions.options")}
        align="end"
        trigger={
          <IconButton icon={Settings2} size="small" label={t("inspector.conditions.options")} />
        }
      >
        <div className="flex flex-col gap-3">
          <Switch
            label={t("inspector.conditions.ignoreCase")}
            checked={set.ignoreCase}
            disabled={disabled}
            onChange={(ignoreCase) => write({ ignoreCase })}
          />
          <Switch
            label={t("inspector.conditions.strict")}
            help={t("inspector.conditions.strictHelp")}
            checked={set.strict}
            disabled={disabled}
            onChange={(strict) => write({ strict })}
          />
        </div>
      </Popover>
    </span>
  );
}
