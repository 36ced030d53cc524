// Narrows the rows down to those that hold a text in one column.

import { useState } from "react";
import type { DataTable } from "@/api/types";
import { t } from "@/lib/i18n";
import { SearchField } from "@/ui/search-field";
import { SelectInput } from "@/ui/select";
import type { RowFilter } from "./queries";

type Props = {
  readonly table: DataTable;
  readonly filter: RowFilter;
  readonly onChange: (filter: RowFilter) => void;
};

export function RowFilterBar({ table, filter, onChange }: Props) {
  const [text, setText] = useState(filter.text);
  const names = table.columns.filter(({ type }) => type !== "json").map(({ name }) => name);
  const column = names.includes(filter.column) ? filter.column : (names[0] ?? "");
  const search = (next: string) => onChange({ ...filter, column, text: next });
  if (names.length === 0) return null;
  return (
    <search className="flex flex-wrap gap-2">
      <SelectInput
        aria-label={t("tables.filterColumn")}
        value={column}
        onChange={(next) => onChange({ ...filter, column: next })}
        options={names.map((name) => ({ value: name, label: name }))}
        className="max-w-48"
      />
      <form
        className="min-w-40 flex-1 sm:max-w-xs"
        onSubmit={(event) => {
          event.preventDefault();
          search(text);
        }}
      >
        <SearchField
          label={t("tables.filter")}
          value={text}
          onChange={(next) => {
            setText(next);
            if (next === "") search("");
          }}
          onBlur={() => search(text)}
        />
      </form>
    </search>
  );
}
