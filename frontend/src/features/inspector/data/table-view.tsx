// Items as a table: only the rows in sight are drawn, the header stays, the current item is marked.

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import type { Item } from "@/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { cellText, columnsOf, type TableColumn } from "../model/table";

const ROW_PX = 28;
const LOAD_BEFORE_END = 40;

type Props = {
  readonly label: string;
  readonly items: readonly Item[];
  readonly itemIndex: number;
  readonly onItem: (index: number) => void;
  readonly loadMore: (() => void) | null;
};

export function TableView({ label, items, itemIndex, onItem, loadMore }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => columnsOf(items), [items]);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    initialRect: { width: 600, height: 400 },
  });
  const visible = rows.getVirtualItems();
  const lastSeen = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastSeen > items.length - LOAD_BEFORE_END) loadMore?.();
  }, [lastSeen, items.length, loadMore]);
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
      tabIndex={0}
      aria-label={label}
      className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
    >
      <table aria-rowcount={items.length + 1} className="border-separate border-spacing-0 text-xs">
        <thead>
          <tr className="flex">
            <th scope="col" className={`${HEADER} w-11 text-end`}>
              <span className="sr-only">{t("inspector.table.item")}</span>
            </th>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                style={{ width: column.widthPx }}
                className={cx(HEADER, column.isNumeric ? "text-end" : "text-start")}
              >
                {column.key}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="relative block" style={{ height: rows.getTotalSize() }}>
          {visible.map(({ index, start }) => (
            <Row
              key={index}
              index={index}
              top={start}
              item={items[index]}
              columns={columns}
              isCurrent={index === itemIndex}
              onItem={onItem}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const HEADER =
  "sticky top-0 z-10 block h-7 shrink-0 truncate border-b border-line bg-sunken px-2.5 py-1.5 font-code text-2xs font-normal text-fg-subtle";

type RowProps = {
  readonly index: number;
  readonly top: number;
  readonly item: Item | undefined;
  readonly columns: readonly TableColumn[];
  readonly isCurrent: boolean;
  readonly onItem: (index: number) => void;
};

function Row({ index, top, item, columns, isCurrent, onItem }: RowProps) {
  return (
    <tr
      aria-rowindex={index + 2}
      style={{ top, height: ROW_PX }}
      className={cx("absolute start-0 flex", isCurrent ? "bg-accent-soft" : "hover:bg-hover")}
    >
      <th scope="row" className="w-11 shrink-0 border-b border-line font-normal">
        <button
          type="button"
          aria-current={isCurrent}
          aria-label={t("inspector.table.show", { number: index + 1 })}
          onClick={() => onItem(index)}
          className="h-full w-full pe-2 text-end text-fg-subtle hover:text-accent focus-visible:-outline-offset-2"
        >
          {index + 1}
        </button>
      </th>
      {columns.map((column) => {
        const text = cellText(item?.json[column.key]);
        return (
          <td
            key={column.key}
            title={text.length > 30 ? text : undefined}
            style={{ width: column.widthPx }}
            className={cx(
              "shrink-0 truncate border-b border-line px-2.5 py-1.5",
              column.isNumeric && "text-end",
            )}
          >
            {text}
          </td>
        );
      })}
    </tr>
  );
}
