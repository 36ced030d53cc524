// One node's data in the view that is chosen: schema, table, JSON or files; and why there is none.

import { CloudOff, Play } from "lucide-react";
import { useMemo } from "react";
import { useEditor } from "@/features/editor";
import { t } from "@/lib/i18n";
import { Chip } from "@/ui/chip";
import { EmptyState } from "@/ui/empty-state";
import { SkeletonRows } from "@/ui/skeleton";
import { useInspected } from "../inspector-context";
import { filterTree } from "../model/data-tree";
import type { Path } from "../model/json";
import { itemReference } from "../model/reference";
import type { ViewName } from "../preferences";
import { BinaryView } from "./binary-view";
import { JsonView } from "./json-view";
import { RunToSee } from "./run-to-see";
import { SchemaView } from "./schema-view";
import { TableView } from "./table-view";
import { dataTree, isNotRun, type NodeData, useLoadUpTo } from "./use-node-data";

type Props = {
  readonly view: ViewName;
  readonly data: NodeData;
  /** The node that the data comes from. */
  readonly node: string;
  readonly name: string;
  readonly type: string;
  readonly query: string;
  /** Shows the files instead. */
  readonly onFiles: () => void;
};

export function DataViews(props: Props) {
  const { data, node } = props;
  const { itemIndex } = useInspected();
  useLoadUpTo(data, itemIndex);
  const excuse = excuseFor(data, node);
  if (excuse) return excuse;
  return (
    <>
      {isNotRun(data) && <NotRun data={data} node={node} />}
      <View {...props} />
    </>
  );
}

/** Above a shape or an example: what it is, and how to see real data. */
function NotRun({ data, node }: Pick<Props, "data" | "node">) {
  const isExample = data.origin === "example";
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
      <Chip>{t(isExample ? "inspector.data.example" : "inspector.data.promised")}</Chip>
      <RunToSee node={node} />
    </div>
  );
}

function View({ view, data, name, type, query, onFiles }: Props) {
  const { itemIndex, setItemIndex } = useInspected();
  const { catalog } = useEditor();
  const spec = catalog.byType(type);
  const tree = useMemo(() => dataTree(data, itemIndex, spec), [data, itemIndex, spec]);
  const item = data.items[itemIndex] ?? data.items[0];
  const label = t("inspector.data.of", { name });
  const referenceOf = (path: Path) => itemReference(name, path);
  if (view === "table" && data.items.length > 0) {
    return (
      <TableView
        label={label}
        items={data.items}
        itemIndex={itemIndex}
        onItem={setItemIndex}
        loadMore={data.loadMore}
        onFiles={onFiles}
      />
    );
  }
  if (view === "json" && item) {
    return <JsonView label={label} value={item.json} query={query} referenceOf={referenceOf} />;
  }
  if (view === "binary") return <BinaryView item={item} />;
  return (
    <div className="min-h-0 flex-1 overflow-auto py-1.5">
      {tree.length === 0 && <p className="px-4 py-2 text-fg-muted">{t("inspector.data.empty")}</p>}
      <SchemaView
        label={label}
        nodes={filterTree(tree, query)}
        referenceOf={referenceOf}
        isPromise={isNotRun(data)}
      />
    </div>
  );
}

/** What stands in place of data that is not there. */
function excuseFor(data: NodeData, node: string) {
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
      <EmptyState icon={Play} title={t("inspector.data.notRun")} action={<RunToSee node={node} />}>
        {t("inspector.data.notRunHint")}
      </EmptyState>
    );
  }
  return null;
}
