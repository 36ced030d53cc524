// The head of a data column: what it is, the views, search, and what belongs to the column.

import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { type MessageKey, t } from "@/lib/i18n";
import { IconButton } from "@/ui/icon-button";
import { SearchField } from "@/ui/search-field";
import { Segmented } from "@/ui/segmented";
import { type Side, setView, usePreferences, VIEWS, type ViewName } from "../preferences";

type Props = {
  readonly side: Side;
  /** Null while the search field is closed. */
  readonly query: string | null;
  readonly onQuery: (query: string | null) => void;
  readonly hasFiles: boolean;
  readonly children?: ReactNode;
};

const viewKey = (view: ViewName): MessageKey => `inspector.view.${view}`;

export function PanelHeader({ side, query, onQuery, hasFiles, children }: Props) {
  const chosen = usePreferences(({ views }) => views[side]);
  const views = VIEWS.filter((view) => view !== "binary" || hasFiles || chosen === "binary");
  const title = t(side === "input" ? "inspector.input" : "inspector.output");
  return (
    <header className="@container flex flex-col border-b border-line">
      <div className="flex min-h-10 items-center gap-1.5 overflow-x-auto ps-3 pe-1">
        <h3 className="text-xs font-semibold text-fg-muted">{title}</h3>
        <Segmented
          label={t("inspector.view.label", { side: title })}
          size="small"
          value={chosen}
          segments={views.map((view) => ({ value: view, label: t(viewKey(view)) }))}
          onChange={(view) => setView(side, view)}
        />
        <span className="flex-1" />
        {children}
        <IconButton
          icon={Search}
          size="small"
          label={t("inspector.search", { side: title })}
          pressed={query !== null}
          onClick={() => onQuery(query === null ? "" : null)}
        />
      </div>
      {query !== null && (
        <SearchField
          autoFocus
          label={t("inspector.search", { side: title })}
          value={query}
          onChange={onQuery}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            onQuery(null);
          }}
          className="px-2 pb-2"
        />
      )}
    </header>
  );
}
