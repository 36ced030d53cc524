// The names that every expression knows besides nodes: the moment, the run, the workflow.

import { useMemo, useState } from "react";
import { t } from "@/lib/i18n";
import type { DataNode } from "../model/data-tree";
import { filterTree } from "../model/data-tree";
import type { Path } from "../model/json";
import { pathSuffix } from "../model/reference";
import { useVariableTree } from "../use-variable-tree";
import { FoldSection } from "./fold-section";
import { SchemaView } from "./schema-view";

const leaf = (path: Path, type: DataNode["type"]): DataNode => ({
  key: String(path.at(-1)),
  path,
  type,
  value: undefined,
  children: [],
});

const group = (name: string, children: readonly DataNode[]): DataNode => ({
  key: name,
  path: [name],
  type: "object",
  value: undefined,
  children,
});

const NAMES: readonly DataNode[] = [
  leaf(["$now"], "date"),
  leaf(["$today"], "date"),
  leaf(["$itemIndex"], "number"),
  group("$execution", [leaf(["$execution", "id"], "text"), leaf(["$execution", "mode"], "text")]),
  group("$workflow", [leaf(["$workflow", "id"], "text"), leaf(["$workflow", "name"], "text")]),
];

const referenceOf = ([name = "", ...rest]: Path): string => `${name}${pathSuffix(rest)}`;

export function RunNames({ query }: { readonly query: string }) {
  const [opened, setOpened] = useState(false);
  const variables = useVariableTree();
  const names = useMemo(
    () => (variables.length > 0 ? [...NAMES, group("$vars", variables)] : NAMES),
    [variables],
  );
  const isOpen = opened || query !== "";
  return (
    <FoldSection
      isOpen={isOpen}
      onToggle={() => setOpened(!isOpen)}
      title={t("inspector.runNames")}
    >
      <SchemaView
        label={t("inspector.runNames")}
        nodes={filterTree(names, query)}
        referenceOf={referenceOf}
      />
    </FoldSection>
  );
}
