// Fields of the items that whoever approves may correct first.

import type { ReactNode } from "react";
import type { CorrectableField } from "@/api/types";
import { groupBy } from "@/lib/group-by";
import { t } from "@/lib/i18n";
import { Select } from "@/ui/select";
import { TextField } from "@/ui/text-field";
import { Textarea } from "@/ui/textarea";
import { type Checked, type Drafts, NO, textOf, YES } from "./model/corrections";

/** From here on a text gets several lines. */
const LONG = 60;
const LONGEST_TEXT = 10_000;

export type CorrectionFormProps = {
  readonly fields: readonly CorrectableField[];
  readonly drafts: Drafts;
  readonly faults: Checked["faults"];
  readonly onChange: (drafts: Drafts) => void;
};

export function CorrectionForm({ fields, drafts, faults, onChange }: CorrectionFormProps) {
  return (
    <fieldset data-corrections className="flex flex-col gap-3">
      <legend className="pb-2 text-md font-semibold">{t("inbox.correct")}</legend>
      {[...groupBy(fields, ({ item }) => item)].map(([item, ofItem]) => (
        <ItemFields key={item} item={item}>
          {ofItem.map((field) => (
            <CorrectionField
              key={field.name}
              field={field}
              text={drafts[field.name] ?? textOf(field)}
              error={faults[field.name] ? t("inbox.noNumber") : null}
              onChange={(text) => onChange({ ...drafts, [field.name]: text })}
            />
          ))}
        </ItemFields>
      ))}
    </fieldset>
  );
}

type ItemProps = { readonly item: number | null; readonly children: ReactNode };

/** Of several items each has its own group. */
function ItemFields({ item, children }: ItemProps) {
  if (item === null) return children;
  return (
    <fieldset className="flex flex-col gap-3 border-line border-s-2 ps-3">
      <legend className="pb-2 text-xs font-medium text-fg-muted">
        {t("inbox.item", { number: item + 1 })}
      </legend>
      {children}
    </fieldset>
  );
}

type FieldProps = {
  readonly field: CorrectableField;
  readonly text: string;
  readonly error: string | null;
  readonly onChange: (text: string) => void;
};

function CorrectionField({ field, text, error, onChange }: FieldProps) {
  const { label, kind } = field;
  if (kind === "yes_no" || kind === "choice") {
    return <Select label={label} value={text} options={optionsOf(field)} onChange={onChange} />;
  }
  const common = {
    label,
    error,
    value: text,
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange(target.value),
  };
  if (kind === "text" && (textOf(field).length > LONG || text.includes("\n"))) {
    return <Textarea {...common} rows={6} maxLength={LONGEST_TEXT} />;
  }
  return (
    <TextField
      {...common}
      inputMode={kind === "number" ? "decimal" : "text"}
      maxLength={LONGEST_TEXT}
    />
  );
}

/** What the field holds now can be left, even where it is none of what is offered. */
function optionsOf(field: CorrectableField) {
  const offered =
    field.kind === "choice"
      ? field.options.map((value) => ({ value, label: value }))
      : [
          { value: YES, label: t("inbox.yes") },
          { value: NO, label: t("inbox.no") },
        ];
  const now = textOf(field);
  return now === "" || offered.some(({ value }) => value === now)
    ? offered
    : [{ value: now, label: now }, ...offered];
}
