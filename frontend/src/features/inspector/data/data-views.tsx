// One node's data in the view that is chosen: schema, table, JSON or files; and why there is none.

import { CloudOff, Play } from "lucide-react";
import { useMemo } from "react";
import { useEditor } from "@/features/editor";
import { t } from "@/lib/i18n";
import { EmptyState } from "@/ui/empty-state";
import { SkeletonRows } from "@/ui/skeleton";
import { useInspected } from "../inspector-context";
import { filterTree } from "../model/data-tree";
import { itemReference } from "../model/reference";
import type { ViewName } from "../preferences";
import { BinaryView } from "./binary-view";
import { JsonView } from "./json-view";
import { SchemaView } from "./schema-view";
import { TableView } from "./table-view";
import { dataTree, type NodeData, useLoadUpTo } from "./use-node-data";

type Props = {
  readonly view: ViewName;
  readonly data: NodeData;
  /** The node that the data comes from. */
  readonly name: string;
  readonly type: string;
  readonly query: string;
};

export function DataViews({ view, data, name, type, query }: Props) {
  const { itemIndex, setItemIndex } = useInspected();
  const { catalog } = useEditor();
  const spec = catalog.byType(type);
  useLoadUpTo(data, itemIndex);
  const tree = useMemo(() => dataTree(data, itemIndex, spec), [data, itemIndex, spec]);
  const item = data.items[itemIndex] ?? data.items[0];
  const excuse = excuseFor(data);
  if (excuse) return excuse;
  if (view === "table" && data.items.length > 0) {
    return (
      <TableView
        label={t("inspector.data.of", { name })}
        items={data.items}
        itemIndex={itemIndex}
        onItem={setItemIndex}
        loadMore={data.loadMore}
      />
    );
  }
  if (view === "json" && item) {
    return (
      <JsonView
        label={t("inspector.data.of", { name })}
        value={item.json}
        query={query}
        referenceOf={(path) => itemReference(name, path)}
      />
    );
  }
  if (view === "binary") return <BinaryView item={item} />;
  return (
    <div className="min-h-0 flex-1 overflow-auto py-1.5">
      {tree.length === 0 && <p className="px-4 py-2 text-fg-muted">{t("inspector.data.empty")}</p>}
      <SchemaView
        label={t("inspector.data.of", { name })}
        nodes={filterTree(tree, query)}
        referenceOf={(path) => itemReference(name, path)}
        isPromise={data.origin === "schema" || data.origin === "example"}
      />
    </div>
  );
}

/** What stands in place of data that is not there. */
function excuseFor(data: NodeData) {
  if (data.isLoading) return <SkeletonRows rows={5} />;
  if (data.error) {
    return (
      <EmptyState icon={CloudOff} title={t("inspector.data.failed")}>
        {data.error.message}
      </EmptyState>
    );
  }
  if (data.origin === "none") {
    return (
      <EmptyState icon={Play} title={t("inspector.data.notRun")}>
        {t("inspector.data.notRunHint")}
      </EmptyState>
    );
  }
  return null;
}
