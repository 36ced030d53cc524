// Rows that whoever is given the values expects: to be added by a press, with what is missing.

import { ListPlus, Plus } from "lucide-react";
import type { JsonObject } from "@/api/types";
import { isKnown, t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { textOf } from "../model/json";
import type { Option } from "./use-options";

type Props = {
  readonly offered: readonly Option[];
  readonly rows: readonly JsonObject[];
  readonly disabled: boolean;
  readonly onAdd: (added: readonly Option[]) => void;
};

export function OfferedRows({ offered, rows, disabled, onAdd }: Props) {
  const names = new Set(rows.map((row) => textOf(row["name"])));
  const open = offered.filter(({ value }) => !names.has(value));
  const missing = open.filter(({ required }) => required).map(({ label }) => label);
  if (open.length === 0) return null;
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="mb-1 text-xs text-fg-muted">{t("inspector.offered.title")}</legend>
      {open.map((option) => (
        <Button
          key={option.value}
          size="small"
          icon={Plus}
          disabled={disabled}
          onClick={() => onAdd([option])}
        >
          <span className="font-code">{option.label}</span>
          <span className="font-normal text-fg-muted">{hintOf(option)}</span>
        </Button>
      ))}
      {open.length > 1 && (
        <Button
          size="small"
          variant="ghost"
          icon={ListPlus}
          disabled={disabled}
          onClick={() => onAdd(open)}
        >
          {t("inspector.offered.all")}
        </Button>
      )}
      {rows.length > 0 && missing.length > 0 && (
        <p role="status" className="w-full text-xs text-warn">
          {t("inspector.offered.missing", { count: missing.length, names: missing.join(", ") })}
        </p>
      )}
    </fieldset>
  );
}

/** "Number, required". */
export function hintOf({ type, required }: Option): string {
  const key = `inspector.valueType.${type}`;
  const kind = isKnown(key) && type !== "auto" ? [t(key)] : [];
  return [...kind, ...(required ? [t("inspector.offered.required")] : [])].join(", ");
}
