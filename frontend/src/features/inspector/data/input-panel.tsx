// What comes into the node: its parents open, everything before them, and the names of the run.

import { useState } from "react";
import { useEditor } from "@/features/editor";
import { NodeTile } from "@/features/palette";
import { t } from "@/lib/i18n";
import { Chip } from "@/ui/chip";
import { SelectInput } from "@/ui/select";
import { useInspected } from "../inspector-context";
import { filterTree } from "../model/data-tree";
import { itemReference } from "../model/reference";
import { setView, usePreferences } from "../preferences";
import { DataViews } from "./data-views";
import { FoldSection } from "./fold-section";
import { ItemPager } from "./item-pager";
import { PanelHeader } from "./panel-header";
import { RunNames } from "./run-names";
import { RunToSee } from "./run-to-see";
import { SchemaView } from "./schema-view";
import { useInputData } from "./use-input-data";
import { dataTree, isNotRun, type NodeData, useLoadUpTo } from "./use-node-data";
import { type Source, useSources } from "./use-sources";

export function InputPanel() {
  const { node } = useInspected();
  const view = usePreferences(({ views }) => views.input);
  const [query, setQuery] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const sources = useSources(node.id);
  const [first] = sources;
  const source = sources.find((one) => one.node === chosen) ?? first;
  const data = useInputData(source);
  const hasFiles = data.items.some((item) => item.binary !== undefined);
  return (
    <section aria-label={t("inspector.input")} className="flex h-full min-h-0 flex-col bg-sunken">
      <PanelHeader side="input" query={query} onQuery={setQuery} hasFiles={hasFiles} shown={view}>
        <ItemPager total={data.total} />
      </PanelHeader>
      {!first && <p className="p-4 text-fg-muted">{t("inspector.input.none")}</p>}
      {view === "schema" && first && <Sources sources={sources} query={query ?? ""} />}
      {view !== "schema" && source && (
        <>
          {sources.length > 1 && (
            <div className="p-2 pb-1">
              <SelectInput
                aria-label={t("inspector.input.source")}
                value={source.node}
                options={sources.map(({ node: id, name }) => ({ value: id, label: name }))}
                onChange={setChosen}
              />
            </div>
          )}
          <DataViews
            view={view}
            data={data}
            node={source.node}
            name={source.name}
            type={source.type}
            query={query ?? ""}
            onFiles={() => setView("input", "binary")}
          />
        </>
      )}
    </section>
  );
}

type SourcesProps = { readonly sources: readonly Source[]; readonly query: string };

function Sources({ sources, query }: SourcesProps) {
  return (
    <div className="min-h-0 flex-1 overflow-auto py-1">
      {sources.map((source) => (
        <SourceSection
          key={`${source.node} ${source.port}`}
          source={source}
          query={query}
          isOpenAtFirst={source.isParent}
        />
      ))}
      <RunNames query={query} />
    </div>
  );
}

type SectionProps = {
  readonly source: Source;
  readonly query: string;
  readonly isOpenAtFirst: boolean;
};

function SourceSection({ source, query, isOpenAtFirst }: SectionProps) {
  const [opened, setOpened] = useState(isOpenAtFirst);
  const { catalog } = useEditor();
  const { node, itemIndex } = useInspected();
  const isOpen = opened || query !== "";
  const data = useInputData(source, isOpen);
  useLoadUpTo(data, source.isParent ? itemIndex : 0);
  const spec = catalog.byType(source.type);
  const tree = isOpen ? filterTree(dataTree(data, itemIndex, spec), query) : [];
  const used = JSON.stringify(node.params).replaceAll('\\"', '"');
  return (
    <FoldSection
      isOpen={isOpen}
      onToggle={() => setOpened(!isOpen)}
      title={source.name}
      lead={<NodeTile catalog={catalog} spec={spec} size="small" className="size-5" />}
      aside={<Aside data={data} port={source.port} />}
    >
      {data.origin === "none" && (
        <p className="px-4 pb-2 text-xs text-fg-muted">{t("inspector.data.notRunHint")}</p>
      )}
      {source.isParent && isNotRun(data) && (
        <div className="px-4 pb-2">
          <RunToSee node={source.node} />
        </div>
      )}
      {data.isLoading && <p className="px-4 pb-2 text-xs text-fg-muted">{t("common.loading")}</p>}
      {data.origin === "run" && !data.isLoading && data.total === 0 && (
        <p className="px-4 pb-2 text-xs text-fg-muted">{t("inspector.data.noItems")}</p>
      )}
      <SchemaView
        label={source.name}
        nodes={tree}
        referenceOf={(path) => itemReference(source.name, path)}
        isPromise={data.origin === "schema" || data.origin === "example"}
        used={used}
        isCurrent={source.isParent}
      />
    </FoldSection>
  );
}

type AsideProps = { readonly data: NodeData; readonly port: string | null };

function Aside({ data, port }: AsideProps) {
  return (
    <>
      {port !== null && port !== "main" && <Chip>{port}</Chip>}
      {data.origin === "pin" && <Chip tone="accent">{t("inspector.pinned")}</Chip>}
      {data.origin === "schema" && <Chip>{t("inspector.data.promised")}</Chip>}
      {data.origin === "example" && <Chip>{t("inspector.data.example")}</Chip>}
      {data.origin === "run" && (
        <span className="text-xs font-normal text-fg-muted">
          {t("inspector.items", { count: data.total })}
        </span>
      )}
    </>
  );
}
