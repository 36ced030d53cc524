// The list of all node types beside the canvas: drag one onto it, or click to add it.

import "@/lib/messages/palette";
import { type DragEvent, useState } from "react";
import type { NodeSpec } from "@/api/types";
import { t } from "@/lib/i18n";
import { SearchField } from "@/ui/search-field";
import { groupLabel } from "./group-label";
import type { Catalog } from "./model/catalog";
import { recentTypes } from "./model/recent";
import { search } from "./model/search";
import { NodeTile } from "./node-tile";
import { NODE_TYPE_MIME } from "./node-type-mime";
import { OffMark } from "./off-mark";

type Props = {
  readonly catalog: Catalog;
  readonly allowed: (spec: NodeSpec) => boolean;
  readonly onPick: (spec: NodeSpec) => void;
};

export function PalettePanel({ catalog, allowed, onPick }: Props) {
  const [query, setQuery] = useState("");
  const groups = search(catalog, query, allowed, recentTypes());
  return (
    <section aria-label={t("palette.panel")} className="flex h-full min-h-0 flex-col">
      <div className="flex flex-col gap-2 border-b border-line p-3">
        <h2 className="text-base font-medium">{t("palette.panel")}</h2>
        <SearchField label={t("palette.addAny")} value={query} onChange={setQuery} />
        <p className="text-xs text-fg-subtle">{t("palette.dragHint")}</p>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-2">
        {groups.length === 0 && (
          <p className="px-2 py-6 text-center text-fg-muted">{t("palette.empty", { query })}</p>
        )}
        {groups.map(({ id, specs }) => (
          <div key={id}>
            <h3 className="px-2 pt-2 pb-1 text-xs font-medium text-fg-subtle">
              {groupLabel(catalog, id)}
            </h3>
            <ul>
              {specs.map((spec) => (
                <li key={spec.type}>
                  <PaletteItem catalog={catalog} spec={spec} onPick={onPick} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}

type ItemProps = {
  readonly catalog: Catalog;
  readonly spec: NodeSpec;
  readonly onPick: (spec: NodeSpec) => void;
};

function PaletteItem({ catalog, spec, onPick }: ItemProps) {
  const startDrag = (event: DragEvent) => {
    event.dataTransfer.setData(NODE_TYPE_MIME, spec.type);
    event.dataTransfer.effectAllowed = "copy";
  };
  return (
    <button
      type="button"
      draggable
      onDragStart={startDrag}
      onClick={() => onPick(spec)}
      className="flex w-full cursor-grab items-center gap-2.5 rounded-control px-2 py-1.5 text-start hover:bg-hover active:cursor-grabbing"
    >
      <NodeTile catalog={catalog} spec={spec} size="medium" />
      <span className="min-w-0">
        <span className="block truncate font-medium">{spec.title}</span>
        <span className="block truncate text-xs text-fg-subtle">{spec.description}</span>
      </span>
      <OffMark catalog={catalog} type={spec.type} />
    </button>
  );
}
