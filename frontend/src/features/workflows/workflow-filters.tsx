// What the list of workflows is narrowed and ordered by; all of it stands in the address.

import { useQuery } from "@tanstack/react-query";
import { LayoutGrid, List } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { membersQuery } from "@/api/queries";
import { useDebounced } from "@/lib/debounce";
import { t } from "@/lib/i18n";
import { SearchField } from "@/ui/search-field";
import { Segmented } from "@/ui/segmented";
import { Select } from "@/ui/select";
import { useTags } from "./use-organising";

export type WorkflowsSearch = {
  readonly q?: string;
  readonly active?: string;
  readonly folder?: string;
  readonly tag?: string;
  readonly owner?: string;
  readonly sort?: string;
  readonly view?: string;
};

type Props = {
  readonly search: WorkflowsSearch;
  readonly onSearch: (search: WorkflowsSearch) => void;
};

const SORTS = [
  { value: "", label: t("organise.sort.updated") },
  { value: "updated", label: t("organise.sort.updatedBack") },
  { value: "name", label: t("organise.sort.name") },
  { value: "-name", label: t("organise.sort.nameBack") },
  { value: "-created", label: t("organise.sort.created") },
];

export function WorkflowFilters({ search, onSearch }: Props) {
  const [text, setText] = useState(search.q ?? "");
  const settled = useDebounced(text.trim());
  const tags = useTags();
  const members = useQuery(membersQuery).data?.results ?? [];
  const set = (name: keyof WorkflowsSearch, value: string) => {
    const { [name]: _before, ...rest } = search;
    onSearch(value === "" ? rest : { ...rest, [name]: value });
  };
  const show = useEffectEvent((q: string) => {
    if (q !== (search.q ?? "")) set("q", q);
  });
  useEffect(() => show(settled), [settled]);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField
        label={t("workflows.search")}
        value={text}
        onChange={setText}
        className="w-60 max-sm:w-full"
      />
      <Segmented
        label={t("workflows.state")}
        value={search.active ?? "all"}
        onChange={(active) => set("active", active === "all" ? "" : active)}
        segments={[
          { value: "all", label: t("workflows.all") },
          { value: "true", label: t("workflows.active") },
          { value: "false", label: t("workflows.draft") },
        ]}
      />
      {tags.length > 0 && (
        <Select
          label={t("organise.tag")}
          hideLabel
          value={search.tag ?? ""}
          onChange={(tag) => set("tag", tag)}
          options={[
            { value: "", label: t("organise.allTags") },
            ...tags.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          className="w-36 max-sm:min-w-36 max-sm:flex-1"
        />
      )}
      {members.length > 1 && (
        <Select
          label={t("organise.owner")}
          hideLabel
          value={search.owner ?? ""}
          onChange={(owner) => set("owner", owner)}
          options={[
            { value: "", label: t("organise.anybody") },
            ...members.map(({ person_id, name }) => ({ value: person_id, label: name })),
          ]}
          className="w-44 max-sm:min-w-36 max-sm:flex-1"
        />
      )}
      <div className="flex-1 max-sm:hidden" />
      <Select
        label={t("organise.sort")}
        hideLabel
        value={search.sort ?? ""}
        onChange={(sort) => set("sort", sort)}
        options={SORTS}
        className="w-44 max-sm:min-w-36 max-sm:flex-1"
      />
      <Segmented
        label={t("workflows.view")}
        value={search.view ?? "list"}
        onChange={(view) => set("view", view === "list" ? "" : view)}
        className="max-sm:hidden"
        segments={[
          { value: "list", label: t("workflows.asList"), icon: List, iconOnly: true },
          { value: "grid", label: t("workflows.asGrid"), icon: LayoutGrid, iconOnly: true },
        ]}
      />
    </div>
  );
}
