// The head of a data column: what it is, the views, search, and what belongs to the column.

import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { type MessageKey, t } from "@/lib/i18n";
import { IconButton } from "@/ui/icon-button";
import { SearchField } from "@/ui/search-field";
import { Segmented } from "@/ui/segmented";
import { type Side, setView, VIEWS, type ViewName } from "../preferences";

type Props = {
  readonly side: Side;
  /** Null while the search field is closed. */
  readonly query: string | null;
  readonly onQuery: (query: string | null) => void;
  readonly hasFiles: boolean;
  /** The view that is shown. */
  readonly shown: ViewName;
  /** Somebody chose a view. */
  readonly onPick?: () => void;
  readonly hasLines?: boolean;
  readonly children?: ReactNode;
};

/** Views that are there only where there is something to see. */
type Extra = "binary" | "logs";

const viewKey = (view: ViewName): MessageKey => `inspector.view.${view}`;

export function PanelHeader(props: Props) {
  const { side, query, onQuery, hasFiles, shown, onPick, hasLines = false, children } = props;
  const isOffered = { binary: hasFiles || shown === "binary", logs: hasLines };
  const views = VIEWS.filter((view) => !(view in isOffered) || isOffered[view as Extra]);
  const title = t(side === "input" ? "inspector.input" : "inspector.output");
  return (
    <header className="@container flex flex-col border-b border-line">
      <div className="flex min-h-10 items-center gap-1.5 overflow-x-auto ps-3 pe-1">
        <h3 className="text-xs font-semibold text-fg-muted">{title}</h3>
        <Segmented
          label={t("inspector.view.label", { side: title })}
          size="small"
          value={shown}
          segments={views.map((view) => ({ value: view, label: t(viewKey(view)) }))}
          onChange={(view) => {
            setView(side, view);
            onPick?.();
          }}
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
