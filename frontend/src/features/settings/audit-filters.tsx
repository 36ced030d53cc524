// What narrows the record: who, what was done, to what, how it ended, on which days. All of it is in the address.

import { useEffect, useEffectEvent, useState } from "react";
import { useDebounced } from "@/lib/debounce";
import { t } from "@/lib/i18n";
import { Field } from "@/ui/field";
import { FilterFold } from "@/ui/filter-fold";
import { Input } from "@/ui/input";
import { SearchField } from "@/ui/search-field";
import { OutcomeFilter } from "./audit-outcome";

export type AuditSearch = {
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  readonly outcome?: string;
  readonly from?: string;
  readonly to?: string;
};

type Props = {
  /** What it begins with; it tells of that, too. */
  readonly search: AuditSearch;
  readonly onSearch: (search: AuditSearch) => void;
};

export function AuditFilters({ search, onSearch }: Props) {
  const [typed, setTyped] = useState(search);
  const settled = useDebounced(typed);
  const show = useEffectEvent(onSearch);
  useEffect(() => show(settled), [settled]);
  const set = (name: keyof AuditSearch) => (value: string) =>
    setTyped(({ [name]: _before, ...rest }) => (value === "" ? rest : { ...rest, [name]: value }));
  const { actor: _words, ...beside } = typed;
  return (
    <search className="flex flex-wrap items-end gap-2 max-sm:grid max-sm:grid-cols-[1fr_auto]">
      <SearchField
        label={t("audit.actorExample")}
        value={typed.actor ?? ""}
        onChange={set("actor")}
        className="w-48 max-sm:w-full"
      />
      <FilterFold count={Object.keys(beside).length}>
        <SearchField
          label={t("audit.actionExample")}
          value={typed.action ?? ""}
          onChange={set("action")}
          className="w-64 max-sm:col-span-2 max-sm:w-full"
        />
        <SearchField
          label={t("audit.objectExample")}
          value={typed.object ?? ""}
          onChange={set("object")}
          className="w-56 max-sm:col-span-2 max-sm:w-full"
        />
        <OutcomeFilter value={typed.outcome ?? ""} onChange={set("outcome")} />
        <Day label={t("audit.from")} value={typed.from ?? ""} onChange={set("from")} />
        <Day label={t("audit.to")} value={typed.to ?? ""} onChange={set("to")} />
      </FilterFold>
    </search>
  );
}

type DayProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

function Day({ label, value, onChange }: DayProps) {
  return (
    <Field label={label} className="max-sm:flex-1">
      {(control) => (
        <Input
          {...control}
          type="date"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
